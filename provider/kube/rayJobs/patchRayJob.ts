import { fieldManager } from "../../fieldManager.ts";
import type { RayJob } from "../../job/rayJob.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { Connection } from "../connection/connection.ts";
import { ClusterError, isClusterError } from "../connection/errors.ts";
import { requestJson } from "../connection/request.ts";
import { rayJobPath } from "../paths.ts";
import { rayJobSubject } from "../subject.ts";

/** One particular RayJob, not whatever bears its name by now. */
export interface RayJobIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** One particular RayJob, with a `resourceVersion` only as somebody has seen it. */
export interface RayJobVersion extends RayJobIdentity {
  readonly resourceVersion?: string;
}

/**
 * Applies a JSON merge patch (RFC 7396) to the RayJob, and gives it as it is then. An unknown field is an error (`invalid`).
 * Throws a `ClusterError`: `conflict` if it has another `resourceVersion` than the one that is given or its name belongs to
 * another RayJob by now, `notFound` if to none.
 */
export async function patchRayJob(
  connection: Connection,
  { namespace, name, uid, resourceVersion }: RayJobVersion,
  mergePatch: PropertyMap,
  signal?: AbortSignal,
): Promise<RayJob> {
  const subject = rayJobSubject({ namespace, name });
  const metadata = {
    ...(mergePatch.metadata as PropertyMap | undefined),
    uid,
    ...(resourceVersion && { resourceVersion }),
  };
  try {
    return await requestJson<RayJob>(connection, {
      action: "update",
      subject,
      method: "PATCH",
      path: rayJobPath({ namespace, name }),
      query: { fieldValidation: "Strict", fieldManager },
      contentType: "application/merge-patch+json",
      body: { ...mergePatch, metadata },
      signal,
    });
  } catch (error) {
    throw isOtherUid(error) ? otherRayJob(subject, error) : error;
  }
}

/** The API server's answer to a UID in a patch that is not the object's. */
function isOtherUid(error: unknown): error is ClusterError {
  return isClusterError(error, "invalid") && error.message.includes("metadata.uid: Invalid value");
}

function otherRayJob(subject: string, { status, message }: ClusterError): ClusterError {
  const reason = "it was deleted meanwhile, and another of the same name was created";
  return new ClusterError("conflict", `Cannot update ${subject}: ${reason}`, { status, cause: new Error(message) });
}
