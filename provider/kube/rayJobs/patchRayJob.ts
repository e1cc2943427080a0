import type { RayJob } from "../../job/rayJob.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { Connection } from "../connection/connection.ts";
import { ClusterError, isClusterError } from "../connection/errors.ts";
import { requestJson } from "../connection/request.ts";
import { FIELD_MANAGER } from "../fieldManager.ts";
import { rayJobPath } from "../paths.ts";
import { rayJobSubject } from "../subject.ts";

/** One particular RayJob, not whatever bears its name by now. */
export interface RayJobIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/**
 * Applies a JSON merge patch (RFC 7386) and gives the RayJob as it is then. An unknown field is an error (`invalid`).
 * Throws a `ClusterError`: `conflict` if the name belongs to another RayJob by now, `notFound` if to none.
 */
export async function patchRayJob(
  connection: Connection,
  { namespace, name, uid }: RayJobIdentity,
  mergePatch: PropertyMap,
  signal?: AbortSignal,
): Promise<RayJob> {
  const subject = rayJobSubject({ namespace, name });
  const metadata = { ...(mergePatch.metadata as PropertyMap | undefined), uid };
  try {
    return await requestJson<RayJob>(connection, {
      action: "update",
      subject,
      method: "PATCH",
      path: rayJobPath({ namespace, name }),
      query: { fieldValidation: "Strict", fieldManager: FIELD_MANAGER },
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
