import type { RayJob, RayJobStatus } from "../../../../provider/job/rayJob.ts";

/** A RayJob of KubeRay's default mode, which a pod submits. */
export function aRayJob(status: RayJobStatus = {}): RayJob {
  const metadata = { name: "train", namespace: "ml", uid: "1", resourceVersion: "1", creationTimestamp: "" };
  return { apiVersion: "ray.io/v1", kind: "RayJob", metadata, spec: {}, status };
}

/** The pod that submits it, whose container has ended or runs. */
export function aSubmitter(name: string, state: "terminated" | "running" | "waiting") {
  return {
    metadata: { name, namespace: "ml", uid: name, labels: { "job-name": "train" }, creationTimestamp: name },
    spec: { containers: [{ name: "submitter" }] },
    status: { containerStatuses: [{ name: "submitter", state: { [state]: {} } }] },
  };
}
