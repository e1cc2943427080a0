import assert from "node:assert/strict";
import { waitForValues } from "../../../provider/job/args.ts";
import type { RayJobStatus } from "../../../provider/job/rayJob.ts";
import { isFailure, phaseOf, type RunState, reached, verdictOf } from "../../../provider/job/verdict.ts";
import { deploymentStatuses, jobStatuses, pairs, reasons, rows } from "../../support/verdictTable.ts";

describe("verdictOf", () => {
  it("is tested with every pair of statuses, once", () => {
    const tested = pairs.flatMap(({ kubeRay, ray }) => ray.map((jobStatus) => `${kubeRay}/${jobStatus}`)).sort();
    const all = deploymentStatuses.flatMap((kubeRay) => jobStatuses.map((ray) => `${kubeRay}/${ray}`)).sort();
    assert.deepEqual(tested, all);
  });

  for (const { kubeRay, ray, state, ended, because } of pairs) {
    it(`says ${state} of "${kubeRay}" with ${ray.map((word) => `"${word}"`).join(", ")}, whatever the reason and the counters: ${because}`, () => {
      for (const jobStatus of ray)
        for (const reason of reasons)
          for (const counters of [{}, { succeeded: 0, failed: 1 }, { succeeded: 1 }]) {
            const said = { jobDeploymentStatus: kubeRay, jobStatus, ...(reason !== undefined && { reason }) };
            const verdict = verdictOf({ ...said, ...counters });
            assert.deepEqual([verdict.state, verdict.ended], [state, ended]);
          }
    });
  }

  for (const { name, status, becomes } of rows) {
    it(`makes it a case of ${becomes}: ${name}`, () => {
      const verdict = verdictOf(status);
      const isEnded = isFailure(verdict) ? "failure" : "success";
      assert.equal(verdict.ended ? isEnded : "waiting", becomes);
    });
  }

  it("says pending before the operator has written anything", () => {
    assert.deepEqual(verdictOf(undefined), { state: "pending", ended: false });
    assert.deepEqual(verdictOf({}), { state: "pending", ended: false });
  });

  it("passes KubeRay's reason and message on", () => {
    const status: RayJobStatus = {
      jobDeploymentStatus: "Failed",
      jobStatus: "RUNNING",
      reason: "DeadlineExceeded",
      message: "too long",
    };
    assert.deepEqual(verdictOf(status), {
      state: "failed",
      ended: true,
      reason: "DeadlineExceeded",
      message: "too long",
    });
  });

  it("gives a reason of its own where KubeRay gives none", () => {
    assert.equal(verdictOf({ jobDeploymentStatus: "Complete" }).reason, "CompleteWithoutSuccess");
    assert.equal(verdictOf({ jobDeploymentStatus: "ValidationFailed", reason: "" }).reason, "ValidationFailed");
  });

  it("keeps waiting when a later KubeRay uses a word that is not known here", () => {
    const status = { jobDeploymentStatus: "Hibernating", jobStatus: "FAILED" } as unknown as RayJobStatus;
    assert.deepEqual(verdictOf(status), { state: "pending", ended: false });
  });

  it("does not take a word of a later Ray for a success", () => {
    const status = { jobDeploymentStatus: "Complete", jobStatus: "ARCHIVED" } as unknown as RayJobStatus;
    assert.equal(verdictOf(status).state, "failed");
  });
});

const waits: { state: RunState; over: string; status: RayJobStatus }[] = [
  { state: "pending", over: "none", status: {} },
  { state: "initializing", over: "none", status: { jobDeploymentStatus: "Initializing" } },
  { state: "waiting", over: "none ready", status: { jobDeploymentStatus: "Waiting" } },
  { state: "submitted", over: "none ready", status: { jobDeploymentStatus: "Running", jobStatus: "PENDING" } },
  { state: "running", over: "none ready running", status: { jobDeploymentStatus: "Running", jobStatus: "RUNNING" } },
  {
    state: "finishing",
    over: "none ready",
    status: { jobDeploymentStatus: "Running", jobStatus: "SUCCEEDED" },
  },
  { state: "retrying", over: "none", status: { jobDeploymentStatus: "Retrying", jobStatus: "FAILED" } },
  { state: "suspended", over: "none", status: { jobDeploymentStatus: "Suspended" } },
  {
    state: "succeeded",
    over: "none ready running complete",
    status: { jobDeploymentStatus: "Complete", jobStatus: "SUCCEEDED" },
  },
  {
    state: "stopped",
    over: "none ready running complete",
    status: { jobDeploymentStatus: "Complete", jobStatus: "STOPPED" },
  },
  { state: "failed", over: "none ready running complete", status: { jobDeploymentStatus: "Failed" } },
];

describe("reached", () => {
  for (const { state, over, status } of waits) {
    it(`ends these waits for a job that is ${state}: ${over}`, () => {
      const verdict = verdictOf(status);
      assert.equal(verdict.state, state);
      assert.equal(waitForValues.filter((waitFor) => reached(verdict, waitFor)).join(" "), over);
    });
  }
});

describe("isFailure", () => {
  it("is true of failed and stopped jobs, and of no other", () => {
    const failures = waits.filter(({ status }) => isFailure(verdictOf(status))).map(({ state }) => state);
    assert.deepEqual(failures, ["stopped", "failed"]);
  });
});

describe("phaseOf", () => {
  it("is the state in Kubernetes' spelling", () => {
    assert.equal(phaseOf(verdictOf({ jobDeploymentStatus: "Initializing" })), "Initializing");
    assert.equal(phaseOf(verdictOf({ jobDeploymentStatus: "Complete", jobStatus: "STOPPED" })), "Stopped");
  });
});
