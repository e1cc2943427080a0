import { containerTrouble, exitOf } from "./containerTrouble.ts";
import { type ClusterEvent, lastTimeOf } from "./events.ts";
import { newestFirst, type Pod } from "./pods.ts";
import { JOB_LABEL, NODE_TYPE_LABEL } from "./podsOf.ts";
import { schedulingTrouble } from "./schedulingTrouble.ts";
import { shortened } from "./shortened.ts";

/**
 * The gravest thing that keeps these pods from running, in one line: `head pod train-abc: cannot pull image "ray:9.9"
 * (ErrImagePull: not found)`. `warnings` are those about the pods and their owners, `claimEvents` what is said about
 * PersistentVolumeClaims, both newest first. Undefined if there is none.
 */
export function causeOf(
  pods: readonly Pod[],
  warnings: readonly ClusterEvent[],
  claimEvents: readonly ClusterEvent[] = [],
): string | undefined {
  const alive = pods.filter((pod) => !pod.metadata.deletionTimestamp).sort((a, b) => roleRank(a) - roleRank(b));
  const checks = [
    containerTrouble,
    (pod: Pod) => schedulingTrouble(pod, claimEvents),
    (pod: Pod) => podWarning(pod, warnings),
  ];
  for (const check of checks) {
    const cause = firstTrouble(alive, check);
    if (cause) return cause;
  }
  return submissionTrouble(alive) ?? ownerWarning(alive, warnings);
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

/** Kubernetes makes the submitter anew when it has failed. */
function submissionTrouble(pods: readonly Pod[]): string | undefined {
  const failed = pods.filter((pod) => roleOf(pod) === "submitter" && pod.status?.phase === "Failed");
  const [last] = newestFirst(failed);
  if (!last) return undefined;
  const exit = exitOf(last.status?.containerStatuses?.[0]?.state);
  const submissions = failed.length === 1 ? "a failed submission" : `${failed.length} failed submissions, the last`;
  return `${submissions} by ${last.metadata.name}${exit ? ` (${exit})` : ""}`;
}

/** One that is older than the newest pod kept that pod from being made, and does no more. */
function ownerWarning(pods: readonly Pod[], warnings: readonly ClusterEvent[]): string | undefined {
  const newestPod = Math.max(...pods.map(({ metadata }) => Date.parse(metadata.creationTimestamp)));
  const warning = warnings.find((each) => {
    const { involvedObject, message = "" } = each;
    return involvedObject.kind !== "Pod" && !isRace(message) && !(Date.parse(lastTimeOf(each)) < newestPod);
  });
  if (!warning) return undefined;
  const { kind, name } = warning.involvedObject;
  const [quota] = /exceeded quota: .*/s.exec(warning.message ?? "") ?? [];
  return `${kind} ${name}: ${warning.reason}: ${shortened(quota ?? warning.message ?? "")}`;
}

/** Two controllers wrote at once; one of them tries again. */
function isRace(message: string): boolean {
  return message.includes("the object has been modified");
}

const ROLES = ["head", "worker", "submitter"] as const;

function roleOf({ metadata: { labels = {} } }: Pod): (typeof ROLES)[number] | undefined {
  if (labels[JOB_LABEL]) return "submitter";
  return ROLES.find((role) => role === labels[NODE_TYPE_LABEL]);
}

/** The head first: without it the others cannot do anything. */
function roleRank(pod: Pod): number {
  const role = roleOf(pod);
  return role ? ROLES.indexOf(role) : ROLES.length;
}

function nameOf(pod: Pod): string {
  return [roleOf(pod), "pod", pod.metadata.name].filter(Boolean).join(" ");
}
