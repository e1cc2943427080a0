import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { requestJson } from "../connection/request.ts";
import { rayJobPath } from "../paths.ts";
import { rayJobSubject } from "../subject.ts";
import { followRayJob } from "../watch/followRayJob.ts";
import type { RayJobIdentity } from "./patchRayJob.ts";
import { readRayJob } from "./readRayJob.ts";
import { servesRayJobs } from "./servesRayJobs.ts";

export interface DeleteOptions {
  readonly signal: AbortSignal;
  /** Told, whenever it changes, what the deletion is waiting for. */
  readonly onWaiting?: (line: string) => void;
}

/**
 * Deletes this very RayJob in the foreground and waits until it is gone with all that belongs to it; one that is gone
 * already, or whose name another bears, is fine, and so is one that has gone with KubeRay's CRDs. Another RayJob of the same
 * name is left alone.
 * Throws a `ClusterError`, and the signal's reason when that is aborted (the deletion goes on nevertheless).
 */
export async function deleteRayJob(
  connection: Connection,
  identity: RayJobIdentity,
  options: DeleteOptions,
): Promise<void> {
  try {
    await deleteAndWait(connection, identity, options);
  } catch (error) {
    const isGone =
      isClusterError(error) &&
      error.missing === "resourceType" &&
      !(await servesRayJobs(connection, options.signal).catch(() => true));
    if (!isGone) throw error;
  }
}

async function deleteAndWait(
  connection: Connection,
  { namespace, name, uid }: RayJobIdentity,
  { signal, onWaiting }: DeleteOptions,
): Promise<void> {
  if (!(await requestDeletion(connection, { namespace, name, uid }, signal))) return;
  let told = "";
  for await (const sighting of followRayJob(connection, { namespace, name, uid }, signal)) {
    if (sighting.kind === "gone") return;
    const line = sighting.kind === "seen" ? waitingFor(sighting.rayJob) : sighting.error.message;
    if (line !== told) onWaiting?.(line);
    told = line;
  }
}

/** Gives false if it is known to be gone already. */
async function requestDeletion(
  connection: Connection,
  identity: RayJobIdentity,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const answer = await requestJson<{ readonly kind?: string }>(connection, {
      action: "delete",
      subject: rayJobSubject(identity),
      method: "DELETE",
      path: rayJobPath(identity),
      body: {
        apiVersion: "v1",
        kind: "DeleteOptions",
        propagationPolicy: "Foreground",
        preconditions: { uid: identity.uid },
      },
      signal,
    });
    // The API server answers with the object as long as finalizers hold it, and with a Status when it is gone.
    return answer.kind === "RayJob";
  } catch (error) {
    if (isClusterError(error) && error.missing === "object") return false;
    if (isClusterError(error, "conflict") && !(await isThere(connection, identity, signal))) return false;
    throw error;
  }
}

async function isThere(connection: Connection, { namespace, name, uid }: RayJobIdentity, signal: AbortSignal) {
  return (await readRayJob(connection, namespace, name, signal))?.metadata.uid === uid;
}

function waitingFor(rayJob: RayJob): string {
  const { finalizers = [] } = rayJob.metadata as { readonly finalizers?: readonly string[] };
  const subject = rayJobSubject(rayJob.metadata);
  const waits = finalizers.map((finalizer) => WHO_REMOVES[finalizer] ?? `whoever removes the finalizer ${finalizer}`);
  return waits.length > 0
    ? `${subject} is being deleted: waiting for ${waits.join(" and ")}`
    : `${subject} is being deleted`;
}

const WHO_REMOVES: Readonly<Record<string, string>> = {
  foregroundDeletion: "its cluster and pods to end",
  "ray.io/rayjob-finalizer": "the KubeRay operator to stop the job",
};
