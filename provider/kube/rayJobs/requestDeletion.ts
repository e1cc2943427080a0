import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { requestJson } from "../connection/request.ts";
import { rayJobPath } from "../paths.ts";
import { rayJobSubject } from "../subject.ts";
import type { RayJobIdentity } from "./patchRayJob.ts";
import { readRayJob } from "./readRayJob.ts";

/**
 * Asks for the deletion of this very RayJob, in the foreground: then the RayJob is there as long as what belongs to it.
 * Gives false if it is known to be gone already. Throws a `ClusterError`.
 */
export async function requestDeletion(
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
