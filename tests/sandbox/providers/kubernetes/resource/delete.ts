import { isClusterError } from "../../../../../provider/kube/connection/errors.ts";
import { pause } from "../../../../../provider/kube/connection/pause.ts";
import type { Context, DeleteRequest } from "../../../../../provider/server/customResource.ts";
import { TimedOut } from "../../../../../provider/server/timeout.ts";
import { isList, type PropertyMap } from "../../../../../provider/values/value.ts";
import { deleteObject, findObject, subjectFor } from "../cluster/requests.ts";
import type { Kind } from "../kinds.ts";
import { at, type Place, placeOfId, textAt } from "../object.ts";
import { type Cluster, clusterOf } from "./cluster.ts";

/** Deletes the object and waits until it is gone; one that is gone already is fine. */
export async function remove(kind: Kind, { id }: DeleteRequest, context: Context): Promise<void> {
  const cluster = await clusterOf(context);
  const place = placeOfId(id, kind);
  try {
    await deleteObject(cluster.connection, kind, place, context.signal);
    await untilGone(kind, place, cluster, context);
  } catch (error) {
    if (!cluster.deleteUnreachable || !isClusterError(error, "unreachable")) throw error;
    context.log.warning(`${error.message}; it counts as deleted, since deleteUnreachable is set`);
  }
}

async function untilGone(kind: Kind, place: Place, { connection }: Cluster, { signal, log }: Context): Promise<void> {
  let uid: string | undefined;
  let waiting = `${subjectFor(kind, place)} is being deleted`;
  try {
    for (;;) {
      const live = await findObject(connection, kind, place, signal);
      uid ??= textAt(live, "metadata", "uid");
      if (live === undefined || textAt(live, "metadata", "uid") !== uid) return;
      waiting = waitingFor(kind, place, live);
      log.status(waiting);
      await pause(250, signal);
    }
  } catch (error) {
    throw error instanceof TimedOut ? new Error(`${waiting}. ${error.message}`) : error;
  }
}

function waitingFor(kind: Kind, place: Place, live: PropertyMap): string {
  const finalizers = at(live, "metadata", "finalizers");
  const reason = isList(finalizers) && finalizers.length > 0 ? `: it has the finalizers ${finalizers.join(", ")}` : "";
  return `${subjectFor(kind, place)} is being deleted${reason}`;
}
