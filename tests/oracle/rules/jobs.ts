import fc from "fast-check";
import type { PropertyMap, Value } from "../../../provider/values/value.ts";

const scaledByV2 = { enableInTreeAutoscaling: true, autoscalerOptions: { version: "v2", idleTimeoutSeconds: 60 } };
const tolerant = { gcsFaultToleranceOptions: { redisAddress: "redis:6379" } };
const guarded = { authOptions: { mode: "token" } };
const both = [{ jobStatus: "SUCCEEDED" }, { jobDeploymentStatus: "Failed" }].map((condition) => ({
  policy: "DeleteCluster",
  condition,
}));

/** The arguments of a valid job, of one kind or another. */
export const validJobs: fc.Arbitrary<PropertyMap> = fc
  .record({
    submission: fc.constantFrom<PropertyMap>(
      {},
      { submissionMode: "K8sJobMode", submitterConfig: { backoffLimit: 3 } },
      { submissionMode: "HTTPMode" },
      { submissionMode: "SidecarMode" },
      { submissionMode: "InteractiveMode" },
      { submitterPodTemplate: podOf("submitter", { restartPolicy: "Never" }) },
    ),
    cluster: fc.constantFrom<PropertyMap>({}, {}, { enableInTreeAutoscaling: true }, scaledByV2, tolerant, guarded),
    groups: fc.constantFrom<Value[]>([], [], [groupOf("cpu")], [groupOf("cpu"), groupOf("gpu")]),
    end: fc.constantFrom<PropertyMap>(
      {},
      {},
      { shutdownAfterJobFinishes: true, ttlSecondsAfterFinished: 600 },
      { shutdownAfterJobFinishes: false },
      { deletionStrategy: { deletionRules: both } },
    ),
    more: fc.constantFrom<PropertyMap>(
      {},
      {},
      { suspend: true, shutdownAfterJobFinishes: true },
      { activeDeadlineSeconds: 3600, preRunningDeadlineSeconds: 900 },
      { labels: { "kueue.x-k8s.io/queue-name": "ml" } },
    ),
    ours: fc.constantFrom<PropertyMap>(
      {},
      {},
      {},
      { mounts: { data: { claimName: "data", mountPath: "/data" } }, serviceAccountName: "trainer" },
      { secretEnv: { TOKEN: { name: "hub" } }, stage: { model: { from: "s3://models/a", to: "/model" } } },
      { runtimeEnv: { workingDir: "s3://code/train", envVars: { EPOCHS: "3" } } },
    ),
    isAttached: fc.integer({ min: 0, max: 9 }).map((digit) => digit === 0),
  })
  .map(({ submission, cluster, groups, end, more, ours, isAttached }) => {
    const job = { name: "train-7f3a9c21", namespace: "ml", entrypoint: "python train.py", waitFor: "none" };
    if (isAttached) return { ...job, existingCluster: "shared", submissionMode: "HTTPMode" };
    const rayClusterSpec = {
      headGroupSpec: { template: podOf("ray-head") },
      workerGroupSpecs: groups,
      rayVersion: "2.52.0",
      ...cluster,
    };
    // What is held back, and a queue, need the cluster to be deleted.
    const ending = "suspend" in more || "labels" in more ? {} : end;
    return {
      ...job,
      ...submission,
      rayClusterSpec,
      ...("labels" in more && isScaled(cluster) ? {} : more),
      ...ending,
      ...ours,
    };
  });

function isScaled(cluster: PropertyMap): boolean {
  return cluster.enableInTreeAutoscaling === true;
}

export function groupOf(groupName: string): PropertyMap {
  const rayStartParams = { "num-cpus": "2" };
  return { groupName, replicas: 1, minReplicas: 0, maxReplicas: 4, rayStartParams, template: podOf("ray-worker") };
}

export function podOf(name: string, spec: PropertyMap = {}): PropertyMap {
  return { spec: { containers: [{ name, image: "rayproject/ray:2.52.0" }], ...spec } };
}
