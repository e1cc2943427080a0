import type { ClusterEvent } from "../../../../provider/kube/pods/events.ts";
import type { ContainerStatus, Pod, PodStatus } from "../../../../provider/kube/pods/pods.ts";

export function aPod(role: "head" | "worker", status: PodStatus, name = `train-${role}`): Pod {
  const labels = { "ray.io/node-type": role };
  return {
    metadata: { name, namespace: "ml", uid: `uid-${name}`, creationTimestamp: "2026-01-01T00:00:00Z", labels },
    status,
  };
}

export function aPodWithClaims(...claims: readonly string[]): Pod {
  const volumes = claims.map((claimName) => ({ persistentVolumeClaim: { claimName } }));
  const pod = aPod("head", unschedulable("pod has unbound immediate PersistentVolumeClaims"));
  return { ...pod, spec: { containers: [], volumes } };
}

export function aSubmitter(name: string, exitCode: number): Pod {
  const creationTimestamp = `2026-01-01T00:00:0${name.slice(1)}Z`;
  const metadata = { name, namespace: "ml", uid: name, creationTimestamp, labels: { "job-name": "train" } };
  return { metadata, status: { phase: "Failed", containerStatuses: [container({ terminated: { exitCode } })] } };
}

/** Beside a container that runs. */
export function ended(name: string, exitCode: number): ContainerStatus[] {
  return [container({ running: {} }), { ...container({ terminated: { exitCode } }), name }];
}

export function container(
  state: NonNullable<ContainerStatus["state"]>,
  lastState?: ContainerStatus["state"],
): ContainerStatus {
  return { name: "c", image: "rayproject/ray:9.9.9", state, ...(lastState && { lastState }) };
}

export function running(): PodStatus {
  return { phase: "Running", containerStatuses: [container({})] };
}

export function waiting(reason: string, message?: string): PodStatus {
  return { phase: "Pending", containerStatuses: [container({ waiting: { reason, ...(message && { message }) } })] };
}

export function crashing(end: { readonly exitCode: number; readonly reason: string }): PodStatus {
  const state = { waiting: { reason: "CrashLoopBackOff", message: "back-off 5m0s restarting failed container" } };
  return { phase: "Running", containerStatuses: [container(state, { terminated: end })] };
}

export function unschedulable(message: string): PodStatus {
  return notScheduled("Unschedulable", message);
}

export function notScheduled(reason: string, message: string): PodStatus {
  return { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason, message }] };
}

export function aWarning(
  kind: string,
  name: string,
  reason: string,
  message: string,
  creationTimestamp = "2026-01-01T00:00:00Z",
): ClusterEvent {
  const metadata = { creationTimestamp };
  return { reason, message, involvedObject: { kind, name, uid: `uid-${name}` }, metadata };
}
