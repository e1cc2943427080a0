import type { ContainerStatus, Pod } from "./pods.ts";
import { shortened } from "./shortened.ts";

/** What keeps one of a pod's containers from starting. */
export function containerTrouble({ status = {} }: Pod): string | undefined {
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
  return exitOf(lastState) ?? "CrashLoopBackOff";
}

/** How a container ended: `exit code 1`. */
export function exitOf(state: ContainerStatus["state"]): string | undefined {
  const { exitCode, reason } = state?.terminated ?? {};
  if (exitCode === undefined) return undefined;
  return reason && reason !== "Error" ? `${reason}, exit code ${exitCode}` : `exit code ${exitCode}`;
}
