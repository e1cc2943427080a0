import type { Connection } from "../connection/connection.ts";
import { PAGE_SIZE } from "../connection/limits.ts";
import { requestJson } from "../connection/request.ts";
import { corePath } from "../paths.ts";
import { subjectOf } from "../subject.ts";

/** Something the cluster reports about an object (core/v1), as far as it is read here. */
export interface ClusterEvent {
  readonly reason?: string;
  readonly message?: string;
  readonly involvedObject: { readonly kind?: string; readonly name?: string; readonly uid?: string };
  /** The last occurrence, from the most precise to the least: which of them is set depends on who reports. */
  readonly series?: { readonly lastObservedTime?: string } | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly metadata: { readonly creationTimestamp: string };
}

/** The warnings of a namespace, newest first; where there are very many, some of them. Throws a `ClusterError`. */
export function listWarnings(connection: Connection, namespace: string, signal?: AbortSignal): Promise<ClusterEvent[]> {
  return listEvents(connection, namespace, "type=Warning", signal);
}

/** What the cluster says about the claims of a namespace, likewise. That nothing can be bound to one is no warning to it. */
export function listClaimEvents(connection: Connection, namespace: string): Promise<ClusterEvent[]> {
  return listEvents(connection, namespace, "involvedObject.kind=PersistentVolumeClaim");
}

async function listEvents(
  connection: Connection,
  namespace: string,
  fieldSelector: string,
  signal?: AbortSignal,
): Promise<ClusterEvent[]> {
  const { items } = await requestJson<{ readonly items: readonly ClusterEvent[] }>(connection, {
    action: "list",
    subject: subjectOf("Event", namespace),
    path: corePath(namespace, "events"),
    query: { fieldSelector, limit: PAGE_SIZE },
    signal,
  });
  return items.toSorted((a, b) => lastTimeOf(b).localeCompare(lastTimeOf(a)));
}

/** When it happened last. */
export function lastTimeOf({ series, lastTimestamp, eventTime, metadata }: ClusterEvent): string {
  return series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp;
}
