import type { ContainerStatus, Pod } from "./pods.ts";
import { shortened } from "./shortened.ts";

/** What keeps one of a pod's containers from starting. */
export function containerTrouble({ spec, status = {} }: Pod): string | undefined {
  if (status.phase === "Succeeded") return undefined;
  const { initContainerStatuses: first = [], containerStatuses: later = [] } = status;
  const ofSubmitter = later.length > 1 ? later.map(endOfSubmitter) : [];
  const troubles = [
    ...first.map((container) => troubleOf(container) ?? (isSidecar(container) ? undefined : failureOf(container))),
    ...later.map(troubleOf),
    ...ofSubmitter,
  ];
  return troubles.find((trouble) => trouble !== undefined);

  /** Kubernetes' own kind, which goes on beside the others. */
  function isSidecar({ name }: ContainerStatus): boolean {
    return spec?.initContainers?.find((container) => container.name === name)?.restartPolicy === "Always";
  }
}

function troubleOf(container: ContainerStatus): string | undefined {
  const { reason = "", message = "" } = container.state?.waiting ?? {};
  const details = message ? `${reason}: ${shortened(withoutPreamble(message))}` : reason;
  if (IMAGE_REASONS.has(reason)) return `cannot pull image "${container.image}" (${details})`;
  if (reason === "CrashLoopBackOff") return `container ${container.name} keeps failing (${endOf(container)})`;
  if (HARMLESS_REASONS.has(reason)) return undefined;
  return `container ${container.name} cannot start (${details})`;
}

/** An init container that has failed is in the way of all others, before it is tried again and while it is. */
function failureOf({ name, state, lastState }: ContainerStatus): string | undefined {
  if (state?.terminated?.exitCode) return `container ${name} has failed (${exitOf(state)})`;
  const hasFailedBefore = state?.running !== undefined && Boolean(lastState?.terminated?.exitCode);
  return hasFailedBefore ? `container ${name} has failed (${exitOf(lastState)}), and is tried again` : undefined;
}

/** In SidecarMode KubeRay waits for a head of which every container runs, and a job that is over beside it does not. */
function endOfSubmitter({ name, state }: ContainerStatus): string | undefined {
  if (name !== "ray-job-submitter" || state?.terminated === undefined) return undefined;
  return `the job has ended (${exitOf(state)}) before its head was ready, which KubeRay does not notice`;
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
  return exitOf(lastState) ?? "CrashLoopBackOff";
}

/** How a container ended, and the last line that it has left about it, if it has: `exit code 1: no space left`. */
export function exitOf(state: ContainerStatus["state"]): string | undefined {
  const { exitCode, reason, message = "" } = state?.terminated ?? {};
  if (exitCode === undefined) return undefined;
  const exit = reason && reason !== "Error" ? `${reason}, exit code ${exitCode}` : `exit code ${exitCode}`;
  const lastLine = shortened(message.trimEnd().split("\n").at(-1) ?? "");
  return lastLine ? `${exit}: ${lastLine}` : exit;
}
