import type { Connection } from "../connection/connection.ts";
import { unlessAborted } from "../connection/unlessAborted.ts";
import { type ContainerStatus, newestFirst, type Pod } from "../pods/pods.ts";
import { NODE_TYPE_LABEL, nodesOf, submittersOf } from "../pods/podsOf.ts";
import type { LogPlace } from "./logPlace.ts";

type ContainerPlace = Exclude<LogPlace, { readonly kind: "dashboard" }>;

export interface FoundContainer {
  readonly pod: Pod;
  readonly container: string;
  /** Undefined as long as it has not been started: then it has no log. */
  readonly status: ContainerStatus | undefined;
}

/** The container that submits the job, in the newest of its pods. Throws a `ClusterError`, or the signal's reason. */
export async function findContainer(
  connection: Connection,
  namespace: string,
  place: ContainerPlace,
  signal?: AbortSignal,
): Promise<FoundContainer | undefined> {
  const pods = await unlessAborted(podsAt(connection, namespace, place), signal);
  const newest = newestFirst(pods);
  const pod = newest.find((each) => !each.metadata.deletionTimestamp) ?? newest[0];
  const container = place.kind === "sidecar" ? place.container : pod?.spec?.containers[0]?.name;
  if (pod === undefined || container === undefined) return undefined;
  return { pod, container, status: startedStatus(pod, container) };
}

/** Whether the container that was found prints no more: it has ended, or its pod is gone. */
export async function hasEnded(
  connection: Connection,
  { pod, container }: FoundContainer,
  place: ContainerPlace,
  signal: AbortSignal,
): Promise<boolean> {
  const pods = await unlessAborted(podsAt(connection, pod.metadata.namespace, place), signal);
  const now = pods.find(({ metadata }) => metadata.uid === pod.metadata.uid);
  return now === undefined || startedStatus(now, container)?.state?.terminated !== undefined;
}

async function podsAt(connection: Connection, namespace: string, place: ContainerPlace): Promise<Pod[]> {
  if (place.kind === "submitter") return submittersOf(connection, namespace, place.job);
  const nodes = await nodesOf(connection, namespace, place.cluster);
  return nodes.filter(({ metadata: { labels } }) => labels?.[NODE_TYPE_LABEL] === "head");
}

function startedStatus({ status }: Pod, container: string): ContainerStatus | undefined {
  const found = status?.containerStatuses?.find(({ name }) => name === container);
  return found?.state?.running || found?.state?.terminated ? found : undefined;
}
