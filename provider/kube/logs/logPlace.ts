import { submissionModes } from "../../job/args.ts";
import type { RayJob } from "../../job/rayJob.ts";

/** Where the log of a job's driver is. */
export type LogPlace =
  /** What the newest pod of this Kubernetes Job prints, which submits the job. */
  | { readonly kind: "submitter"; readonly job: string }
  /** What the container prints that submits the job, beside the head of this cluster. */
  | { readonly kind: "sidecar"; readonly cluster: string; readonly container: string }
  /** Ray's dashboard, behind a port of this service. */
  | { readonly kind: "dashboard"; readonly service: string; readonly port: string; readonly jobId: string };

/** The place of the log, by how the job is submitted; undefined as long as there is none. */
export function logPlaceOf({ metadata: { name }, spec, status = {} }: RayJob): LogPlace | undefined {
  const { jobId, rayClusterName, dashboardURL } = status;
  switch (submissionModes.find((mode) => mode === spec.submissionMode) ?? "K8sJobMode") {
    case "K8sJobMode":
      // KubeRay makes the submitter when it knows the dashboard.
      return dashboardURL ? { kind: "submitter", job: name } : undefined;
    case "SidecarMode":
      return rayClusterName ? { kind: "sidecar", cluster: rayClusterName, container: "ray-job-submitter" } : undefined;
    case "HTTPMode":
    case "InteractiveMode": {
      // The name of the service is KubeRay's business: it is cut where it is long, and may be the user's own.
      const [, service, port] = /^(?:https?:\/\/)?([^./:]+)[^/:]*:(\d+)/.exec(dashboardURL ?? "") ?? [];
      return service && port && jobId ? { kind: "dashboard", service, port, jobId } : undefined;
    }
  }
}
