import type { Crd } from "../../crds/crd.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { pause } from "../connection/pause.ts";
import { requestJson } from "../connection/request.ts";
import { crdRequest, readCrd } from "./readCrd.ts";

/**
 * Deletes this very CRD and waits until it is gone, and with it every custom resource of its kind; one that is gone
 * already, or whose name another bears, is fine.
 * Throws a `ClusterError`, and the signal's reason when that is aborted (the deletion goes on nevertheless).
 */
export async function deleteCrd(connection: Connection, { metadata: { name, uid } }: Crd, signal: AbortSignal) {
  try {
    await requestJson(connection, {
      ...crdRequest(name),
      action: "delete",
      method: "DELETE",
      body: { apiVersion: "v1", kind: "DeleteOptions", preconditions: { uid } },
      signal,
    });
  } catch (error) {
    if (!isClusterError(error) || !(error.missing === "object" || error.kind === "conflict")) throw error;
  }
  while ((await readCrd(connection, name, signal))?.metadata.uid === uid) await pause(LOOK_AGAIN_MS, signal);
}

const LOOK_AGAIN_MS = 500;
