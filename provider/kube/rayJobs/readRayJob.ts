import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { requestJson } from "../connection/request.ts";
import { rayJobPath } from "../paths.ts";
import { rayJobSubject } from "../subject.ts";

/**
 * The RayJob as it is now, or undefined if the cluster says that there is none of this name.
 * Every other failure, a cluster without KubeRay's CRDs included, is a `ClusterError`.
 */
export async function readRayJob(
  connection: Connection,
  namespace: string,
  name: string,
  signal?: AbortSignal,
): Promise<RayJob | undefined> {
  try {
    const subject = rayJobSubject({ namespace, name });
    return await requestJson<RayJob>(connection, {
      action: "read",
      subject,
      path: rayJobPath({ namespace, name }),
      signal,
    });
  } catch (error) {
    if (isClusterError(error) && error.missing === "object") return undefined;
    throw error;
  }
}
