import type { RayJobStatus } from "../../provider/job/rayJob.ts";

// What KubeRay writes, as far as this package reads it.

const started = {
  jobId: "train-abcde",
  rayClusterName: "train-fghij",
  dashboardURL: "train-fghij-head-svc.ml.svc.cluster.local:8265",
  startTime: "2026-01-01T00:00:00Z",
} satisfies RayJobStatus;

export const runningStatus: RayJobStatus = { ...started, jobDeploymentStatus: "Running", jobStatus: "RUNNING" };

export const succeededStatus: RayJobStatus = {
  ...started,
  jobDeploymentStatus: "Complete",
  jobStatus: "SUCCEEDED",
  endTime: "2026-01-01T00:01:00Z",
  succeeded: 1,
};

export const failedStatus: RayJobStatus = {
  ...started,
  jobDeploymentStatus: "Failed",
  jobStatus: "FAILED",
  reason: "AppFailed",
  message: "Job entrypoint command failed with exit code 1: ValueError: no data",
  endTime: "2026-01-01T00:01:00Z",
  failed: 1,
};
