import assert from "node:assert/strict";
import { exitCodeOf, resultOf } from "../../../provider/cli/wait/ending.ts";
import type { RayJob } from "../../../provider/job/rayJob.ts";
import { failedStatus, succeededStatus } from "../../engine/statuses.ts";

describe("the ending of a wait", () => {
  it("exits 0 for what was asked for alone, and 2 where nothing is known of the job", () => {
    const outcomes = ["reached", "failed", "gone", "timedOut", "unknown"] as const;
    assert.deepEqual(
      outcomes.map((outcome) => exitCodeOf({ outcome })),
      [0, 1, 1, 1, 2],
    );
  });

  it("has the outputs of a RayJob resource by their names, for machines", () => {
    const { logsCommand, portForwardCommand, ...others } = resultOf({ outcome: "reached", rayJob: succeeded });
    assert.deepEqual(others, {
      outcome: "reached",
      name: "train",
      namespace: "ml",
      uid: "1",
      phase: "Succeeded",
      jobStatus: "SUCCEEDED",
      jobDeploymentStatus: "Complete",
      jobId: "train-abcde",
      rayClusterName: "train-fghij",
      startTime: "2026-01-01T00:00:00Z",
      endTime: "2026-01-01T00:01:00Z",
      dashboardUrl: "http://train-head-svc.ml.svc.cluster.local:8265",
      workingDirUri: "s3://code/train.zip",
    });
    assert.equal(logsCommand, "kubectl -n ml logs job/train");
    assert.match(String(portForwardCommand), /^kubectl -n ml port-forward /);
  });

  it("says why, beside KubeRay's reason, and shows no environment", () => {
    const result = resultOf({ outcome: "failed", error: "it failed", rayJob: { ...succeeded, status: failedStatus } });
    assert.partialDeepStrictEqual(result, { outcome: "failed", error: "it failed", reason: "AppFailed" });
    assert(!JSON.stringify(result).includes("hush"));
  });

  it("is an outcome and an error where there is no RayJob", () => {
    assert.deepEqual(resultOf({ outcome: "unknown", error: "no" }), { outcome: "unknown", error: "no" });
  });
});

const succeeded: RayJob = {
  apiVersion: "ray.io/v1",
  kind: "RayJob",
  metadata: { name: "train", namespace: "ml", uid: "1", resourceVersion: "1", creationTimestamp: "" },
  spec: {
    entrypoint: "python train.py",
    runtimeEnvYAML: "working_dir: s3://code/train.zip\nenv_vars: { TOKEN: hush }\n",
  },
  status: succeededStatus,
};
