import assert from "node:assert/strict";
import { outputsOf, previewOutputsOf, statusOf } from "../../../provider/job/outputs.ts";
import type { RayJob, RayJobStatus } from "../../../provider/job/rayJob.ts";
import { isKnown, type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";
import { aJob } from "./aJob.ts";

const succeeded: RayJobStatus = {
  jobDeploymentStatus: "Complete",
  jobStatus: "SUCCEEDED",
  jobId: "train-x7k2p",
  rayClusterName: "train-7f3a9c21-abcde",
  message: "Job finished successfully.",
  startTime: "2026-01-01T00:00:00Z",
  endTime: "2026-01-01T00:06:00Z",
};

const derived = {
  dashboardUrl: "http://train-7f3a9c21-head-svc.ml.svc.cluster.local:8265",
  portForwardCommand: "kubectl -n ml port-forward svc/train-7f3a9c21-head-svc 8265:8265",
  logsCommand: "kubectl -n ml logs job/train-7f3a9c21",
};

describe("outputsOf", () => {
  it("holds the arguments, what follows from them, and what is observed", () => {
    const inputs = aJob({ runtimeEnv: { workingDir: "s3://b/c.zip" } });
    assert.deepEqual(outputsOf(inputs, aRayJob(succeeded)), {
      ...inputs,
      ...derived,
      workingDirUri: "s3://b/c.zip",
      phase: "Succeeded",
      jobStatus: "SUCCEEDED",
      jobDeploymentStatus: "Complete",
      jobId: "train-x7k2p",
      rayClusterName: "train-7f3a9c21-abcde",
      message: "Job finished successfully.",
      startTime: "2026-01-01T00:00:00Z",
      endTime: "2026-01-01T00:06:00Z",
      uid: "uid-1",
    });
  });

  it("leaves out what KubeRay has not said", () => {
    const outputs = outputsOf(aJob(), aRayJob({ jobDeploymentStatus: "Initializing", jobStatus: "", reason: "" }));
    assert.deepEqual(outputs, {
      ...aJob(),
      ...derived,
      phase: "Initializing",
      jobDeploymentStatus: "Initializing",
      uid: "uid-1",
    });
  });

  it("keeps the driver's log out of the state", () => {
    const message =
      "Job entrypoint command failed with exit code 3, last available logs (truncated to 20,000 chars):\nsecret\n";
    const outputs = outputsOf(aJob(), aRayJob({ jobDeploymentStatus: "Failed", jobStatus: "FAILED", message }));
    assert.equal(outputs.message, "Job entrypoint command failed with exit code 3");
  });

  it("names the environment variables whose values are in the message", () => {
    const rayJob = aRayJob({ jobDeploymentStatus: "Failed", message: "cannot use hunter2-hunter2" });
    const spec = { runtimeEnvYAML: "env_vars: { TOKEN: hunter2-hunter2 }" };
    assert.equal(outputsOf(aJob(), { ...rayJob, spec }).message, "cannot use $TOKEN");
  });

  it("holds the arguments and what follows from them of a RayJob that is not there", () => {
    assert.deepEqual(outputsOf(aJob(), undefined), { ...aJob(), ...derived });
  });

  it("reads the working directory out of YAML, too", () => {
    const outputs = outputsOf(aJob({ runtimeEnvYAML: "working_dir: s3://b/c.zip" }), undefined);
    assert.equal(outputs.workingDirUri, "s3://b/c.zip");
  });
});

describe("previewOutputsOf", () => {
  it("knows what follows from the arguments, and nothing of what is to be observed", () => {
    const outputs = previewOutputsOf(aJob());
    assert.deepEqual(known(outputs), { ...aJob(), ...derived });
    assert.deepEqual(
      unknown(outputs),
      [
        "clusterUid",
        "jobDeploymentStatus",
        "jobId",
        "jobStatus",
        "endTime",
        "message",
        "phase",
        "rayClusterName",
        "reason",
        "startTime",
        "uid",
      ].sort(),
    );
  });

  it("does not know what depends on a name that is not known", () => {
    const outputs = previewOutputsOf(aJob({ name: UNKNOWN }));
    for (const name of Object.keys(derived)) assert.equal(outputs[name], UNKNOWN);
  });

  it("foretells every output that is there afterwards", () => {
    const inputs = aJob({ runtimeEnv: { workingDir: "s3://b/c.zip" } });
    const foretold = previewOutputsOf(inputs);
    for (const [name, value] of Object.entries(outputsOf(inputs, aRayJob(succeeded))))
      assert.ok(foretold[name] === UNKNOWN || foretold[name] === value, name);
  });

  it("keeps the outcome of a job that has ended, which an update in place does not change", () => {
    const previous = { ...outputsOf(aJob(), aRayJob(succeeded)), clusterUid: "uid-of-kube-system" };
    const next = aJob({ ttlSecondsAfterFinished: 600 });
    assert.deepEqual(previewOutputsOf(next, previous), { ...previous, ttlSecondsAfterFinished: 600 });
  });

  it("keeps only the UID of a job that goes on", () => {
    const previous = outputsOf(aJob(), aRayJob({ jobDeploymentStatus: "Running", jobStatus: "RUNNING" }));
    const outputs = previewOutputsOf(aJob(), previous);
    assert.equal(outputs.uid, "uid-1");
    assert.equal(outputs.phase, UNKNOWN);
  });

  it("knows a job ID that is said", () => {
    assert.equal(previewOutputsOf(aJob({ jobId: "mine" })).jobId, "mine");
  });
});

describe("statusOf", () => {
  it("gives back the status that a verdict needs", () => {
    const status: RayJobStatus = {
      jobDeploymentStatus: "Failed",
      jobStatus: "RUNNING",
      reason: "DeadlineExceeded",
      message: "late",
    };
    assert.deepEqual(statusOf(outputsOf(aJob(), aRayJob(status))), status);
  });
});

function aRayJob(status: RayJobStatus): RayJob {
  const metadata = {
    name: "train-7f3a9c21",
    namespace: "ml",
    uid: "uid-1",
    resourceVersion: "1",
    creationTimestamp: "",
  };
  return { apiVersion: "ray.io/v1", kind: "RayJob", metadata, spec: {}, status };
}

function known(outputs: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => isKnown(value)));
}

function unknown(outputs: PropertyMap): string[] {
  return Object.keys(outputs)
    .filter((name) => !isKnown(outputs[name]))
    .sort();
}
