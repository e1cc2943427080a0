import { fieldManager } from "../../fieldManager.ts";
import type { RayJob, RayJobManifest } from "../../job/rayJob.ts";
import type { ClusterRequest } from "../connection/clusterRequest.ts";
import type { Connection } from "../connection/connection.ts";
import { neverArrived } from "../connection/connectionError.ts";
import { type ClusterError, isClusterError } from "../connection/errors.ts";
import { requestJson } from "../connection/request.ts";
import { rayJobPath } from "../paths.ts";
import { rayJobSubject } from "../subject.ts";
import { readRayJob } from "./readRayJob.ts";

export interface CreateOptions {
  /** Whether a RayJob found under this name is the one that this very call made, its answer having been lost. */
  readonly isOurs?: (found: RayJob) => boolean;
}

/**
 * Creates the RayJob, exactly once however often the connection breaks: after an attempt that may have had an effect,
 * "exists already" is answered by reading what exists. Nothing interrupts it: a RayJob whose answer nobody awaits would be
 * in no state. A field that the CRD does not know is an error naming it (`invalid`).
 * Throws a `ClusterError`; after one of kind `unreachable` or `unavailable` the RayJob may exist nevertheless.
 */
export async function createRayJob(
  connection: Connection,
  manifest: RayJobManifest,
  { isOurs = () => false }: CreateOptions = {},
): Promise<RayJob> {
  let mayExist = false;
  const onFailure = (error: ClusterError) => {
    mayExist ||= error.isTransient && !hadNoEffect(error);
  };
  try {
    return await requestJson<RayJob>(connection, { ...creation(manifest), onFailure });
  } catch (error) {
    if (!mayExist || !isClusterError(error, "alreadyExists")) throw error;
    const { namespace, name } = manifest.metadata;
    const found = await readRayJob(connection, namespace, name);
    if (found && isOurs(found)) return found;
    throw error;
  }
}

function creation(manifest: RayJobManifest): ClusterRequest {
  const { namespace, name } = manifest.metadata;
  return {
    action: "create",
    subject: rayJobSubject({ namespace, name }),
    method: "POST",
    path: rayJobPath({ namespace }),
    query: { fieldValidation: "Strict", fieldManager },
    body: manifest,
  };
}

function hadNoEffect(error: ClusterError): boolean {
  return error.status === 429 || neverArrived(error);
}
