import type { ClusterEvent } from "./events.ts";
import type { ContainerStatus, Pod } from "./pods.ts";

/**
 * The gravest thing that keeps these pods from running, in one line: `head pod train-abc: cannot pull image "ray:9.9"
 * (ErrImagePull: not found)`. `warnings` are those about the pods and their owners, newest first. Undefined if there is none.
 */
export function causeOf(pods: readonly Pod[], warnings: readonly ClusterEvent[]): string | undefined {
  const alive = pods.filter((pod) => !pod.metadata.deletionTimestamp).sort((a, b) => roleRank(a) - roleRank(b));
  for (const check of [containerTrouble, schedulingTrouble, (pod: Pod) => podWarning(pod, warnings)]) {
    const cause = firstTrouble(alive, check);
    if (cause) return cause;
  }
  return ownerWarning(warnings);
}

/** Pods in the same trouble are counted, not listed. */
function firstTrouble(pods: readonly Pod[], check: (pod: Pod) => string | undefined): string | undefined {
  const troubled = pods.filter((pod) => check(pod) !== undefined);
  const [first] = troubled;
  if (!first) return undefined;
  const text = check(first);
  const others = troubled.filter((pod) => check(pod) === text).length - 1;
  return `${nameOf(first)}${others > 0 ? ` and ${others} more` : ""}: ${text}`;
}

function containerTrouble({ status = {} }: Pod): string | undefined {
  if (status.phase === "Succeeded") return undefined;
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return containers.map(troubleOf).find((trouble) => trouble !== undefined);
}

function troubleOf(container: ContainerStatus): string | undefined {
  const { reason = "", message = "" } = container.state?.waiting ?? {};
  const details = message ? `${reason}: ${shortened(withoutPreamble(message))}` : reason;
  if (IMAGE_REASONS.has(reason)) return `cannot pull image "${container.image}" (${details})`;
  if (reason === "CrashLoopBackOff") return `container ${container.name} keeps failing (${endOf(container)})`;
  if (HARMLESS_REASONS.has(reason)) return undefined;
  return `container ${container.name} cannot start (${details})`;
}

// containerd names the image up to three times before it says what is wrong.
function withoutPreamble(message: string): string {
  return message.replaceAll(/(failed to pull and unpack image|failed to resolve reference) "[^"]*": /g, "");
}

const IMAGE_REASONS = new Set([
  "ErrImagePull",
  "ImagePullBackOff",
  "InvalidImageName",
  "ErrImageNeverPull",
  "ImageInspectError",
  "RegistryUnavailable",
]);

const HARMLESS_REASONS = new Set(["", "ContainerCreating", "PodInitializing"]);

function endOf({ lastState }: ContainerStatus): string {
  const { exitCode, reason } = lastState?.terminated ?? {};
  if (exitCode === undefined) return "CrashLoopBackOff";
  return reason && reason !== "Error" ? `${reason}, exit code ${exitCode}` : `exit code ${exitCode}`;
}

function schedulingTrouble({ status = {} }: Pod): string | undefined {
  const condition = status.conditions?.find(({ type, status: value }) => type === "PodScheduled" && value === "False");
  if (!condition) return undefined;
  const message = shortened(condition.message ?? condition.reason ?? "");
  if (condition.reason === "SchedulingGated") return `held back by a scheduling gate (${message})`;
  const isVolume = /persistentvolumeclaim/i.test(message);
  return isVolume ? `waiting for a volume (${message})` : `unschedulable (${message})`;
}

/** Only of pods that do not run yet: a warning outlives its reason by an hour. */
function podWarning(pod: Pod, warnings: readonly ClusterEvent[]): string | undefined {
  if (pod.status?.phase !== "Pending") return undefined;
  const own = warnings.find(({ involvedObject, reason = "" }) => {
    return involvedObject.uid === pod.metadata.uid && POD_WARNINGS.has(reason);
  });
  return own && `${own.reason}: ${shortened(own.message ?? "")}`;
}

const POD_WARNINGS = new Set([
  "FailedMount",
  "FailedAttachVolume",
  "FailedCreatePodSandBox",
  "FailedMapVolume",
  "Failed",
  "FailedScheduling",
]);

function ownerWarning(warnings: readonly ClusterEvent[]): string | undefined {
  const warning = warnings.find(({ involvedObject: { kind }, message = "" }) => kind !== "Pod" && !isRace(message));
  if (!warning) return undefined;
  const { kind, name } = warning.involvedObject;
  return `${kind} ${name}: ${warning.reason}: ${shortened(warning.message ?? "")}`;
}

/** Two controllers wrote at once; one of them tries again. */
function isRace(message: string): boolean {
  return message.includes("the object has been modified");
}

const ROLES = ["head", "worker", "submitter"] as const;

function roleOf({ metadata: { labels = {} } }: Pod): (typeof ROLES)[number] | undefined {
  if (labels["job-name"]) return "submitter";
  return ROLES.find((role) => role === labels["ray.io/node-type"]);
}

/** The head first: without it the others cannot do anything. */
function roleRank(pod: Pod): number {
  const role = roleOf(pod);
  return role ? ROLES.indexOf(role) : ROLES.length;
}

function nameOf(pod: Pod): string {
  return [roleOf(pod), "pod", pod.metadata.name].filter(Boolean).join(" ");
}

const LONGEST = 240;

function shortened(message: string): string {
  const line = message.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
