import { nameOf } from "../values/urn.ts";
import type { Value } from "../values/value.ts";
import { quoted } from "./commands.ts";
import { jobMessageOf, lastLines, plain } from "./message.ts";
import { type Owner, urnOf } from "./owner.ts";
import type { RayJob } from "./rayJob.ts";
import { type RunState, type Verdict, verdictOf } from "./verdict.ts";

/** What happens while a deployment waits for a job. */
export type RunEvent =
  /** The job is in this state, since so many seconds; what is going on: what holds it up, or its driver's last line. */
  | { readonly kind: "seen"; readonly verdict: Verdict; readonly seconds?: number; readonly news?: string }
  /** The watch has broken, and will be opened again. */
  | { readonly kind: "interrupted"; readonly because: string }
  /** A run that an earlier deployment has left is being deleted, and is gone. */
  | { readonly kind: "clearing"; readonly subject: string }
  | { readonly kind: "cleared"; readonly subject: string };

/** The line that shows an event on the resource's row. Without the seconds it stays the same as long as nothing happens. */
export function lineOf(event: RunEvent): string {
  switch (event.kind) {
    case "seen":
      return [
        words[event.verdict.state],
        ...(event.verdict.ended || event.seconds === undefined ? [] : [`, ${durationOf(event.seconds)}`]),
        ...(event.news ? [`: ${oneLine(event.news)}`] : []),
      ].join("");
    case "interrupted":
      return `connection lost (${oneLine(event.because)}), watching again`;
    case "clearing":
      return `deleting ${event.subject}, left by an earlier deployment`;
    case "cleared":
      return `deleted ${event.subject}, left by an interrupted deployment`;
    default:
      return event satisfies never;
  }
}

/** What a deployment says when it has not got what it waited for: a headline, and the reasons below it. */
export interface Failure {
  readonly message: string;
  readonly reasons: readonly string[];
}

/** A failure in one text: the engine would count each part as an error of its own. */
export function textOf({ message, reasons }: Failure): string {
  return [`${message}: ${reasons[0] ?? ""}`, ...reasons.slice(1)].join("\n");
}

export interface FailureContext {
  /** `RayJob/ml/train-7f3a` */
  readonly subject: string;
  /** How the job was to get to Ray. */
  readonly submissionMode?: Value | undefined;
  /** What keeps its pods from running. */
  readonly blocker?: string | undefined;
  /** What becomes of it if that is not what one expects. */
  readonly outlook?: string | undefined;
  /** What to type to see more. */
  readonly commands?: readonly string[];
}

/** Tells why a job has failed: the reason, KubeRay's and Ray's own words, what its pods lack, and what to type next. */
export function failureOf(verdict: Verdict, context: FailureContext): Failure {
  return {
    message: `${context.subject} ${verdict.state === "stopped" ? "was stopped" : "failed"}`,
    reasons: reasonsOf([
      causeOf(verdict, context.submissionMode),
      jobMessageOf(plain(verdict.message ?? "")).brief,
      heldUpBy(context.blocker),
      context.outlook ?? "",
      nextOf(context.commands),
    ]),
  };
}

/**
 * The end of the driver's log, as it is shown beside a failure, but kept in no state: the log that was read, else the one
 * that Ray has put into its message. Undefined if there is none.
 */
export function logTailOf({ message }: Verdict, read: string, lines: number): string | undefined {
  const tail = lastLines(read || (jobMessageOf(plain(message ?? "")).log ?? ""), lines);
  return tail ? `The last lines of the driver's log:\n${indented(tail)}` : undefined;
}

/** Tells that a wait was over before the job was where it was waited for. */
export function unfinishedOf(verdict: Verdict, context: FailureContext & { readonly because: string }): Failure {
  return {
    message: `${context.subject} is not done: ${words[verdict.state]}`,
    reasons: reasonsOf([
      context.because,
      verdict.reason ?? "",
      jobMessageOf(plain(verdict.message ?? "")).brief,
      heldUpBy(context.blocker),
      context.outlook ?? "The job goes on, and the next `pulumi up` goes on waiting for it",
      nextOf(context.commands),
    ]),
  };
}

/** Tells that a job was deleted, by someone else, before it had ended; `successor` is another RayJob that bears its name by now. */
export function goneOf({
  subject,
  successor,
}: {
  readonly subject: string;
  readonly successor?: RayJob | undefined;
}): Failure {
  const deleted = "It was deleted before it had ended, not by this deployment";
  if (successor === undefined) {
    return { message: `${subject} is gone`, reasons: [deleted, "The next `pulumi up` runs the job again"] };
  }
  return {
    message: `${subject} is another one now`,
    reasons: [
      `${deleted}, and created again under the same name (UID ${successor.metadata.uid}), which is another run`,
      "The next `pulumi up` runs the job again, once that name is free",
    ],
  };
}

/** Tells that a job was stopped with its deployment, as was asked for. */
export function cancelledOf({ subject }: { readonly subject: string }): Failure {
  return {
    message: `${subject} is being deleted`,
    reasons: [
      "The deployment was cancelled, and `stopOnCancel` is true",
      "The next `pulumi up` runs the job again; `pulumi destroy` waits until it is gone",
    ],
  };
}

/** Tells that a job goes on, although it was to stop with its deployment. */
export function unstoppableOf(reason: string, because: string, { namespace, name }: RayJob["metadata"]): string {
  return (
    `${reason}\n\`stopOnCancel\` is true, but the job could not be stopped, and may still run: ${because}. Stop it with ` +
    `\`pulumi destroy\`, or with \`kubectl -n ${quoted(namespace)} delete rayjob ${quoted(name)}\``
  );
}

/** Warns of a RayJob on which it cannot be noted that the state holds it. */
export function unrecordedOf(subject: string, because: string): string {
  return (
    `${because}. So ${subject} keeps its label \`pulumi-rayjob/in-creation\`, as may others: when it is taken out of the program, its ` +
    "`RayJobCleanup` takes it for what a killed deployment has left, and deletes it although `retainOnDelete` is to keep it. " +
    "Grant `patch` on `rayjobs`"
  );
}

/** Tells of a job that was stopped, and is not gone yet. */
export function beingDeletedOf(subject: string): string {
  return `${subject} is being deleted. The next \`pulumi up\` runs the job again`;
}

/** Tells of a job that was to run again, but was taken for one whose deployment was interrupted. */
export function notRunAgainOf(subject: string): string {
  return (
    `${subject} was not run again: it was still labelled as in creation, and was taken up as what an interrupted deployment ` +
    "has left. It stays, and the label goes: the same command runs it again now"
  );
}

/** Tells of a job that had failed before its RayJob was removed. */
export function lostFailureOf(subject: string): string {
  return `${subject} failed, and is no longer on the cluster`;
}

/** Tells that the name is taken by a RayJob that is not this resource's: whose it is, and the ways out. */
export function takenOf(found: RayJob, { urn }: Owner): string {
  const { namespace, name } = found.metadata;
  const theirs = urnOf(found);
  const owner = theirs === undefined ? "this package has not made it" : `it belongs to ${theirs}`;
  const where = theirs === urn ? " in another state: another backend or organization, or a state that is lost" : "";
  return (
    `Cannot create RayJob/${namespace}/${name}: there is one, ${words[verdictOf(found.status).state]}, and ${owner}${where}. ` +
    `If it is yours, take it over with \`pulumi import rayjob:index:RayJob ${quoted(nameOf(urn))} ` +
    `${namespace}/${name}\`, or delete it with \`kubectl -n ${namespace} delete rayjob ${name}\`; if it is somebody else's, ` +
    "set another `name`, `namespace` or stack"
  );
}

/** Tells that there is a run of the resource already, which the state was told of and Pulumi does not speak of, and the ways out. */
export function goingOnOf(found: RayJob, { urn }: Owner): string {
  const { namespace, name } = found.metadata;
  return (
    `Cannot create RayJob/${namespace}/${name}: there is one, ${words[verdictOf(found.status).state]}, and Pulumi asks for ` +
    "another without having it deleted. To run the job again, set another `rerunToken`, which stops this run first; if the " +
    `state has lost it, take it over with \`pulumi import rayjob:index:RayJob ${quoted(nameOf(urn))} ${namespace}/${name}\``
  );
}

const words = {
  pending: "waiting for the KubeRay operator",
  initializing: "cluster starting",
  waiting: "waiting for `jobId`",
  submitted: "submitted, Ray is setting it up",
  running: "running",
  finishing: "finishing",
  retrying: "attempt failed, trying again",
  suspended: "suspended",
  succeeded: "succeeded",
  failed: "failed",
  stopped: "stopped",
} as const satisfies Record<RunState, string>;

// KubeRay's reasons (JobFailedReason in rayjob_types.go), and those of verdict.ts.
const explanations: Readonly<Record<string, string>> = {
  AppFailed: "the entrypoint failed",
  SubmissionFailed: "the job could not be submitted to Ray",
  DeadlineExceeded: "the attempt took longer than `activeDeadlineSeconds`",
  PreRunningDeadlineExceeded: "the cluster was not up, or the job not submitted, within `preRunningDeadlineSeconds`",
  JobDeploymentStatusTransitionGracePeriodExceeded:
    "Ray and the submitter did not agree for too long that the job is over",
  JobStatusCheckTimeoutExceeded: "the KubeRay operator could not reach Ray's dashboard for too long",
  ValidationFailed: "KubeRay refuses the RayJob's spec",
  CompleteWithoutSuccess: "KubeRay calls the job complete, but Ray never said that it succeeded",
};

// How Ray's message begins then (job_manager.py), which KubeRay hands on as it is.
const notSetUp = /^runtime_env setup failed\b/;

function causeOf({ state, reason, message = "" }: Verdict, submissionMode: Value | undefined): string {
  if (state === "stopped") return "Stopped: the Ray job was stopped before it had finished";
  if (!reason) return "";
  // There KubeRay looks at the container that submits, which fails with the job.
  if (reason === "SubmissionFailed" && submissionMode === "SidecarMode") {
    return `${reason}: the job could not be submitted to Ray, or it failed before KubeRay had seen it run`;
  }
  if (reason === "PreRunningDeadlineExceeded" && submissionMode === "SidecarMode") {
    return `${reason}: ${explanations[reason]}, or the job had ended before its head was ready`;
  }
  if (reason === "AppFailed" && notSetUp.test(message)) {
    return `${reason}: the runtime environment could not be set up, and the entrypoint never started`;
  }
  return Object.hasOwn(explanations, reason) ? `${reason}: ${explanations[reason]}` : reason;
}

function heldUpBy(blocker: string | undefined): string {
  return blocker ? `Held up by ${plain(blocker)}` : "";
}

function nextOf(commands: readonly string[] = []): string {
  return commands.length > 0 ? `To see more:\n${indented(commands.join("\n"))}` : "";
}

function reasonsOf(candidates: readonly string[]): string[] {
  return candidates.filter((reason) => reason !== "");
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}

function oneLine(text: string): string {
  const line = plain(text).replaceAll(/\s+/g, " ").trim();
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

/** A span of time as people say it: `45s`, `4m02s`, `2h05m`. */
export function durationOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (hours > 0) return `${hours}h${String(minutes).padStart(2, "0")}m`;
  return minutes > 0 ? `${minutes}m${String(whole % 60).padStart(2, "0")}s` : `${whole}s`;
}
