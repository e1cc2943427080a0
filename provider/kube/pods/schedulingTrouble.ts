import type { ClusterEvent } from "./events.ts";
import type { Pod, PodCondition } from "./pods.ts";
import { shortened } from "./shortened.ts";

/** Why no node takes the pod. `claimEvents` is what is said about PersistentVolumeClaims, newest first. */
export function schedulingTrouble(pod: Pod, claimEvents: readonly ClusterEvent[]): string | undefined {
  const condition = unscheduledOf(pod);
  if (!condition) return undefined;
  const message = messageOf(condition);
  if (condition.reason === "SchedulingGated") return `held back by a scheduling gate (${message})`;
  return waitsForVolume(pod) ? volumeTrouble(pod, message, claimEvents) : `unschedulable (${message})`;
}

/** Whether a claim of the pod is not bound. */
export function waitsForVolume(pod: Pod): boolean {
  return /persistentvolumeclaim|VolumeBinding/i.test(unscheduledOf(pod)?.message ?? "");
}

function unscheduledOf({ status = {} }: Pod): PodCondition | undefined {
  return status.conditions?.find(({ type, status: value }) => type === "PodScheduled" && value === "False");
}

// That nothing is to be gained by evicting other pods tells nobody what is missing.
function messageOf({ message, reason = "" }: PodCondition): string {
  const missing = (message ?? reason).replace(/\s*(no new claims to deallocate, )?preemption: .*$/s, "");
  return shortened(missing.replace(/\.$/, ""));
}

function volumeTrouble(pod: Pod, message: string, claimEvents: readonly ClusterEvent[]): string {
  const claims = (pod.spec?.volumes ?? []).flatMap((volume) => volume.persistentVolumeClaim?.claimName ?? []);
  const newest = claims.flatMap((claim) => claimEvents.find(({ involvedObject: { name } }) => name === claim) ?? []);
  const event = newest.find(({ reason = "" }) => !HARMLESS_REASONS.has(reason));
  if (event) {
    return `waiting for claim ${event.involvedObject.name} (${event.reason}: ${shortened(event.message ?? "")})`;
  }
  if (claims.length === 0 || message.includes('persistentvolumeclaim "')) return `waiting for a volume (${message})`;
  return `waiting for ${claims.length === 1 ? "claim" : "one of the claims"} ${claims.join(", ")} (${message})`;
}

// Of a claim that waits for a pod, or has got its volume.
const HARMLESS_REASONS = new Set([
  "WaitForFirstConsumer",
  "WaitForPodScheduled",
  "Provisioning",
  "ProvisioningSucceeded",
]);
