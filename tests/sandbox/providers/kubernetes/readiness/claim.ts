import type { Connection } from "../../../../../provider/kube/connection/connection.ts";
import { isClusterError } from "../../../../../provider/kube/connection/errors.ts";
import { requestJson } from "../../../../../provider/kube/connection/request.ts";
import { corePath } from "../../../../../provider/kube/paths.ts";
import { subjectOf } from "../../../../../provider/kube/subject.ts";
import type { PropertyMap } from "../../../../../provider/values/value.ts";
import { mapsAt, placeOf, textAt } from "../object.ts";
import { isReady, type Readiness, waitingFor } from "./readiness.ts";

/** A claim is ready when it is bound, or when its class binds it no sooner than a pod wants it. */
export async function claimReadiness(
  live: PropertyMap,
  connection: Connection,
  signal: AbortSignal,
): Promise<Readiness> {
  if (textAt(live, "status", "phase") === "Bound") return isReady;
  const className = textAt(live, "spec", "storageClassName");
  if (className && (await bindsWhenUsed(className, connection, signal))) return isReady;
  const reason = await lastEventOf(live, connection, signal);
  return waitingFor(reason === undefined ? "is not bound" : `is not bound: ${reason}`);
}

async function bindsWhenUsed(name: string, connection: Connection, signal: AbortSignal): Promise<boolean> {
  try {
    const storageClass = await requestJson<PropertyMap>(connection, {
      action: "read",
      subject: subjectOf("StorageClass", undefined, name),
      path: `/apis/storage.k8s.io/v1/storageclasses/${encodeURIComponent(name)}`,
      signal,
    });
    return storageClass.volumeBindingMode === "WaitForFirstConsumer";
  } catch (error) {
    // The claim's own event says that there is no such class.
    if (isClusterError(error, "notFound")) return false;
    throw error;
  }
}

async function lastEventOf(
  live: PropertyMap,
  connection: Connection,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { namespace = "" } = placeOf(live);
  const list = await requestJson<PropertyMap>(connection, {
    action: "list",
    subject: subjectOf("Event", namespace),
    path: corePath(namespace, "events"),
    query: { fieldSelector: `involvedObject.uid=${textAt(live, "metadata", "uid")}` },
    signal,
  });
  const last = mapsAt(list, "items")
    .toSorted((a, b) => timeOf(a).localeCompare(timeOf(b)))
    .at(-1);
  return last && `${textAt(last, "reason")}: ${textAt(last, "message")}`;
}

function timeOf(event: PropertyMap): string {
  return textAt(event, "lastTimestamp") ?? textAt(event, "eventTime") ?? "";
}
