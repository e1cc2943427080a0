import type { Crd } from "../../crds/crd.ts";
import { managersIn } from "../../crds/managers.ts";
import { fieldManager } from "../../fieldManager.ts";
import type { Connection } from "../connection/connection.ts";
import { ClusterError, isClusterError } from "../connection/errors.ts";
import { requestJson } from "../connection/request.ts";
import { crdRequest } from "./readCrd.ts";

export interface ApplyOptions {
  readonly signal: AbortSignal;
  /** Whether fields that this manager has set otherwise may be taken over. */
  readonly mayTakeOver: (manager: string) => boolean;
}

/**
 * Applies the CRD server-side, which creates it, updates it or leaves it as it is, and gives it as it is then.
 * Throws a `ClusterError`: `conflict`, naming them, if managers hold fields of it that may not be taken over.
 */
export async function applyCrd(connection: Connection, crd: Crd, { signal, mayTakeOver }: ApplyOptions): Promise<Crd> {
  try {
    return await send(connection, crd, false, signal);
  } catch (error) {
    if (!isClusterError(error, "conflict")) throw error;
    const managers = managersIn(error.message);
    const lasting = managers.filter((manager) => !mayTakeOver(manager));
    if (managers.length === 0) throw error;
    if (lasting.length > 0) throw managedByOthers(crd, lasting, error);
    return await send(connection, crd, true, signal);
  }
}

async function send(connection: Connection, crd: Crd, force: boolean, signal: AbortSignal): Promise<Crd> {
  return await requestJson<Crd>(connection, {
    ...crdRequest(crd.metadata.name),
    action: "apply",
    method: "PATCH",
    query: { fieldManager, force: String(force) },
    contentType: "application/apply-patch+yaml",
    body: crd,
    signal,
  });
}

function managedByOthers({ metadata }: Crd, managers: readonly string[], { status, message }: ClusterError) {
  const names = managers.map((manager) => `"${manager}"`).join(" and ");
  const reason =
    `${names} manages it, too, and may put back what is changed. Take KubeRay's CRDs out of what ${names} applies, or ` +
    'set "force" to true to take them over';
  const { subject } = crdRequest(metadata.name);
  return new ClusterError("conflict", `Cannot apply ${subject}: ${reason}`, { status, cause: new Error(message) });
}
