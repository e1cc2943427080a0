import type { WaitFor } from "./args.ts";
import type { RayJobStatus } from "./rayJob.ts";

/** What has become of a job, as one word that is right in every combination of KubeRay's and Ray's own words. */
export type RunState =
  | "pending" // the operator has not looked at it yet
  | "initializing" // its cluster is coming up
  | "waiting" // its cluster is up; the user is to submit the job
  | "submitted" // its cluster is up; Ray does not run the entrypoint yet
  | "running" // Ray runs the entrypoint
  | "finishing" // Ray is done; the operator still has to conclude, or to retry
  | "retrying" // an attempt has failed, another one follows
  | "suspended" // held back, by its user or by a queue
  | "succeeded"
  | "failed"
  | "stopped"; // somebody stopped the Ray job

export interface Verdict {
  readonly state: RunState;
  /** Whether nothing can change the state any more. */
  readonly ended: boolean;
  readonly reason?: string;
  readonly message?: string;
}

/** Judges a RayJob by its status alone. Only Ray's SUCCEEDED together with KubeRay's Complete is a success. */
export function verdictOf(status: RayJobStatus | undefined): Verdict {
  const { jobDeploymentStatus = "", jobStatus = "", reason, message } = status ?? {};
  const byJob = states[jobDeploymentStatus] ?? unheardOf;
  const state = typeof byJob === "string" ? byJob : (byJob[jobStatus] ?? byJob[""]);
  const cause = reason || (state === "failed" ? implicitReason(jobDeploymentStatus) : undefined);
  return { state, ended: ended[state], ...(cause && { reason: cause }), ...(message && { message }) };
}

type JobStatus = NonNullable<RayJobStatus["jobStatus"]>;
type DeploymentStatus = NonNullable<RayJobStatus["jobDeploymentStatus"]>;

// KubeRay's word decides, because it alone knows of retries, deadlines and submitters. Ray's word decides where
// KubeRay's leaves the outcome open.
const states: Readonly<Record<DeploymentStatus, RunState | Readonly<Record<JobStatus, RunState>>>> = {
  "": "pending",
  Initializing: "initializing",
  Waiting: "waiting",
  Running: {
    "": "submitted",
    PENDING: "submitted",
    RUNNING: "running",
    SUCCEEDED: "finishing", // the submitter still copies the log
    FAILED: "finishing", // may become Retrying
    STOPPED: "finishing",
  },
  Complete: {
    SUCCEEDED: "succeeded",
    STOPPED: "stopped", // for KubeRay a stopped job is complete
    FAILED: "failed", // Complete up to KubeRay 1.0
    // KubeRay looks at the job no more, so waiting would never end, and nothing has witnessed a success.
    "": "failed",
    PENDING: "failed",
    RUNNING: "failed",
  },
  Failed: "failed", // whatever Ray said last: a deadline or a dead submitter leaves it behind, even at SUCCEEDED
  ValidationFailed: "failed", // final: KubeRay does not look at a corrected spec
  Suspending: "suspended",
  Suspended: "suspended",
  Retrying: "retrying", // written together with the FAILED of the attempt before
};

// A word of a later KubeRay: keep waiting rather than call a running job failed.
const unheardOf: RunState = "pending";

const ended = {
  pending: false,
  initializing: false,
  waiting: false,
  submitted: false,
  running: false,
  finishing: false,
  retrying: false,
  suspended: false,
  succeeded: true,
  failed: true,
  stopped: true,
} as const satisfies Record<RunState, boolean>;

function implicitReason(status: string): string {
  return status === "Complete" ? "CompleteWithoutSuccess" : status;
}

/** Whether the job has ended in anything but success. */
export function isFailure({ state }: Verdict): boolean {
  return state === "failed" || state === "stopped";
}

/** The output `phase`: the state in Kubernetes' spelling. */
export function phaseOf({ state }: Verdict): string {
  return state.charAt(0).toUpperCase() + state.slice(1);
}

/** Whether a wait is over: what was waited for is there, or will never come because the job has ended. */
export function reached(verdict: Verdict, waitFor: WaitFor): boolean {
  return verdict.ended || waitsOver[waitFor].includes(verdict.state);
}

const waitsOver: Readonly<Record<WaitFor, readonly RunState[]>> = {
  none: Object.keys(ended) as RunState[],
  ready: ["waiting", "submitted", "running", "finishing"],
  running: ["running"], // one that finishes may have failed; it has ended in a moment
  complete: [],
};
