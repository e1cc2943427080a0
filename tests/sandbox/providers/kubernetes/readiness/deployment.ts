import type { Connection } from "../../../../../provider/kube/connection/connection.ts";
import { causeOf } from "../../../../../provider/kube/pods/causeOf.ts";
import { type ClusterEvent, listWarnings } from "../../../../../provider/kube/pods/events.ts";
import { listPods, type Pod } from "../../../../../provider/kube/pods/pods.ts";
import type { PropertyMap } from "../../../../../provider/values/value.ts";
import { at, mapsAt, numberAt, placeOf } from "../object.ts";
import { hopeless, isReady, type Readiness, waitingFor } from "./readiness.ts";

/** A Deployment is ready when its newest pods have taken over; until then its pods say what is in the way. */
export async function deploymentReadiness(
  live: PropertyMap,
  connection: Connection,
  signal: AbortSignal,
): Promise<Readiness> {
  const rollout = rolloutOf(live);
  if (rollout.ready) return rollout;
  const { namespace = "", name } = placeOf(live);
  const pods = await listPods(connection, namespace, selectorOf(live), signal);
  const warnings = await listWarnings(connection, namespace, signal);
  const cause = causeOf(
    pods,
    warnings.filter((warning) => concerns(warning, name, pods)),
  );
  return cause === undefined ? rollout : { ...rollout, waiting: `${rollout.waiting}: ${cause}` };
}

/** What the Deployment's own status says. */
export function rolloutOf(live: PropertyMap): Readiness {
  const conditionOf = (wanted: string) => mapsAt(live, "status", "conditions").find(({ type }) => type === wanted);
  const [progressing, available] = [conditionOf("Progressing"), conditionOf("Available")];
  const isSeen = at(live, "status", "observedGeneration") === at(live, "metadata", "generation");
  if (isSeen && progressing?.reason === "NewReplicaSetAvailable" && available?.status === "True") return isReady;
  const count = numberAt(live, "status", "availableReplicas") ?? 0;
  const waiting = `has ${count} of ${numberAt(live, "spec", "replicas") ?? 1} pods available`;
  return isSeen && progressing?.status === "False" ? hopeless(waiting) : waitingFor(waiting);
}

function selectorOf(live: PropertyMap): string {
  const labels = at(live, "spec", "selector", "matchLabels") ?? {};
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
}

function concerns({ involvedObject: { kind, name: object = "", uid } }: ClusterEvent, name: string, pods: Pod[]) {
  if (kind === "Pod") return pods.some(({ metadata }) => metadata.uid === uid);
  return (kind === "Deployment" && object === name) || (kind === "ReplicaSet" && object.startsWith(`${name}-`));
}
