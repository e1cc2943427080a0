import type { RayJobStatus } from "../../provider/job/rayJob.ts";
import type { RunState } from "../../provider/job/verdict.ts";

type JobStatus = NonNullable<RayJobStatus["jobStatus"]>;
type DeploymentStatus = NonNullable<RayJobStatus["jobDeploymentStatus"]>;

export const jobStatuses: JobStatus[] = ["", "PENDING", "RUNNING", "STOPPED", "SUCCEEDED", "FAILED"];
export const deploymentStatuses: DeploymentStatus[] = [
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
export const reasons = [
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
export const pairs: readonly {
  readonly kubeRay: DeploymentStatus;
  readonly ray: readonly JobStatus[];
  readonly state: RunState;
  readonly ended: boolean;
  readonly because: string;
}[] = [
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

/** What KubeRay really writes where others have gone wrong, and words that it may write one day. */
export const rows: readonly {
  readonly name: string;
  readonly status: RayJobStatus;
  readonly becomes: "success" | "failure" | "waiting";
  /** How the error goes on after the job's name. */
  readonly error?: string;
}[] = [
  { name: "succeeded", status: of("SUCCEEDED", "Complete", { succeeded: 1 }), becomes: "success" },
  { name: "succeeded, with no witness in the counter", status: of("SUCCEEDED", "Complete"), becomes: "success" },
  {
    name: "failed entrypoint",
    status: of("FAILED", "Failed", { reason: "AppFailed", message: "exit code 1", failed: 1 }),
    becomes: "failure",
    error: "failed: AppFailed: the entrypoint failed\nexit code 1",
  },
  {
    name: "stopped, which KubeRay calls complete",
    status: of("STOPPED", "Complete", { succeeded: 0 }),
    becomes: "failure",
    error: "was stopped: Stopped: ",
  },
  {
    name: "past its deadline while it runs",
    status: of("RUNNING", "Failed", { reason: "DeadlineExceeded" }),
    becomes: "failure",
    error: "failed: DeadlineExceeded: ",
  },
  {
    name: "past its deadline before it runs",
    status: of("", "Failed", { reason: "PreRunningDeadlineExceeded" }),
    becomes: "failure",
    error: "failed: PreRunningDeadlineExceeded: ",
  },
  {
    name: "not to be submitted",
    status: of("", "Failed", { reason: "SubmissionFailed" }),
    becomes: "failure",
    error: "failed: SubmissionFailed: ",
  },
  {
    name: "refused by KubeRay",
    status: of("", "ValidationFailed", { reason: "ValidationFailed", message: "the spec is invalid" }),
    becomes: "failure",
    error: "failed: ValidationFailed: KubeRay refuses the RayJob's spec\nthe spec is invalid",
  },
  {
    name: "out of the operator's reach",
    status: of("RUNNING", "Failed", { reason: "JobStatusCheckTimeoutExceeded" }),
    becomes: "failure",
    error: "failed: JobStatusCheckTimeoutExceeded: ",
  },
  {
    name: "successful for Ray, though the submitter hung",
    status: of("SUCCEEDED", "Failed", { reason: "JobDeploymentStatusTransitionGracePeriodExceeded" }),
    becomes: "failure",
    error: "failed: JobDeploymentStatusTransitionGracePeriodExceeded: ",
  },
  {
    name: "complete with a word of a later Ray",
    status: of("ARCHIVED", "Complete"),
    becomes: "failure",
    error: "failed: CompleteWithoutSuccess: ",
  },
  {
    name: "an attempt that failed and is tried again",
    status: of("FAILED", "Retrying", { failed: 1 }),
    becomes: "waiting",
  },
  { name: "tried again", status: of("", "Retrying", { failed: 1 }), becomes: "waiting" },
  { name: "waiting for its user", status: of("", "Waiting"), becomes: "waiting" },
  { name: "being suspended", status: of("RUNNING", "Suspending"), becomes: "waiting" },
  { name: "suspended", status: of("", "Suspended"), becomes: "waiting" },
  {
    name: "successful for Ray, while the submitter copies the log",
    status: of("SUCCEEDED", "Running"),
    becomes: "waiting",
  },
  { name: "failed for Ray, which KubeRay may try again", status: of("FAILED", "Running"), becomes: "waiting" },
  { name: "in a state of a later KubeRay", status: of("FAILED", "Hibernating"), becomes: "waiting" },
];

/** A status in words that KubeRay or Ray may not know. */
function of(jobStatus: string, jobDeploymentStatus: string, more: RayJobStatus = {}): RayJobStatus {
  return { jobStatus, jobDeploymentStatus, ...more } as RayJobStatus;
}
