import assert from "node:assert/strict";
import { waitForValues } from "../../../provider/job/args.ts";
import type { RayJobStatus } from "../../../provider/job/rayJob.ts";
import { isFailure, phaseOf, type RunState, reached, verdictOf } from "../../../provider/job/verdict.ts";

type JobStatus = NonNullable<RayJobStatus["jobStatus"]>;
type DeploymentStatus = NonNullable<RayJobStatus["jobDeploymentStatus"]>;

const jobStatuses: JobStatus[] = ["", "PENDING", "RUNNING", "STOPPED", "SUCCEEDED", "FAILED"];
const deploymentStatuses: DeploymentStatus[] = [
  "",
  "Initializing",
  "Waiting",
  "Running",
  "Complete",
  "Failed",
  "ValidationFailed",
  "Suspending",
  "Suspended",
  "Retrying",
];
const reasons = [
  undefined,
  "",
  "SubmissionFailed",
  "DeadlineExceeded",
  "PreRunningDeadlineExceeded",
  "AppFailed",
  "JobDeploymentStatusTransitionGracePeriodExceeded",
  "JobStatusCheckTimeoutExceeded",
  "ValidationFailed",
];

// Written down row by row from KubeRay's behaviour, without a rule: every pair stands here exactly once.
const pairs: { kubeRay: DeploymentStatus; ray: JobStatus[]; state: RunState; ended: boolean; because: string }[] = [
  {
    kubeRay: "",
    ray: jobStatuses,
    state: "pending",
    ended: false,
    because: "the operator starts an attempt with a clean status",
  },
  {
    kubeRay: "Initializing",
    ray: jobStatuses,
    state: "initializing",
    ended: false,
    because: "the cluster is coming up",
  },
  { kubeRay: "Waiting", ray: jobStatuses, state: "waiting", ended: false, because: "the user is to submit the job" },
  {
    kubeRay: "Running",
    ray: ["", "PENDING"],
    state: "submitted",
    ended: false,
    because: "Ray still sets the environment up",
  },
  { kubeRay: "Running", ray: ["RUNNING"], state: "running", ended: false, because: "both say so" },
  {
    kubeRay: "Running",
    ray: ["SUCCEEDED"],
    state: "finishing",
    ended: false,
    because: "the submitter still copies the log",
  },
  { kubeRay: "Running", ray: ["FAILED"], state: "finishing", ended: false, because: "a retry may follow" },
  {
    kubeRay: "Running",
    ray: ["STOPPED"],
    state: "finishing",
    ended: false,
    because: "the operator has not seen it yet",
  },
  { kubeRay: "Complete", ray: ["SUCCEEDED"], state: "succeeded", ended: true, because: "both witnesses agree" },
  {
    kubeRay: "Complete",
    ray: ["STOPPED"],
    state: "stopped",
    ended: true,
    because: "KubeRay calls a stopped job complete",
  },
  {
    kubeRay: "Complete",
    ray: ["FAILED"],
    state: "failed",
    ended: true,
    because: "old KubeRay called a failed job complete",
  },
  {
    kubeRay: "Complete",
    ray: ["", "PENDING", "RUNNING"],
    state: "failed",
    ended: true,
    because: "the operator looks at it no more, and nobody has seen a success",
  },
  {
    kubeRay: "Failed",
    ray: ["", "PENDING", "RUNNING"],
    state: "failed",
    ended: true,
    because: "a deadline or a dead submitter leaves Ray's last word behind",
  },
  { kubeRay: "Failed", ray: ["FAILED"], state: "failed", ended: true, because: "both say so, and no retry is left" },
  {
    kubeRay: "Failed",
    ray: ["STOPPED"],
    state: "failed",
    ended: true,
    because: "the operator has given up for a reason of its own",
  },
  {
    kubeRay: "Failed",
    ray: ["SUCCEEDED"],
    state: "failed",
    ended: true,
    because: "a deadline hit while the submitter hung: KubeRay would have retried it",
  },
  {
    kubeRay: "ValidationFailed",
    ray: jobStatuses,
    state: "failed",
    ended: true,
    because: "KubeRay never leaves this state",
  },
  { kubeRay: "Suspending", ray: jobStatuses, state: "suspended", ended: false, because: "it is on its way there" },
  {
    kubeRay: "Suspended",
    ray: jobStatuses,
    state: "suspended",
    ended: false,
    because: "a queue or a user holds it back",
  },
  {
    kubeRay: "Retrying",
    ray: jobStatuses,
    state: "retrying",
    ended: false,
    because: "FAILED is that of the attempt before, written in the same update",
  },
];

describe("verdictOf", () => {
  it("is tested with every pair of statuses, once", () => {
    const tested = pairs.flatMap(({ kubeRay, ray }) => ray.map((jobStatus) => `${kubeRay}/${jobStatus}`)).sort();
    const all = deploymentStatuses.flatMap((kubeRay) => jobStatuses.map((ray) => `${kubeRay}/${ray}`)).sort();
    assert.deepEqual(tested, all);
  });

  for (const { kubeRay, ray, state, ended, because } of pairs) {
    it(`says ${state} of "${kubeRay}" with ${ray.map((word) => `"${word}"`).join(", ")}, whatever the reason: ${because}`, () => {
      for (const jobStatus of ray)
        for (const reason of reasons) {
          const verdict = verdictOf({
            jobDeploymentStatus: kubeRay,
            jobStatus,
            ...(reason !== undefined && { reason }),
          });
          assert.deepEqual([verdict.state, verdict.ended], [state, ended]);
        }
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
