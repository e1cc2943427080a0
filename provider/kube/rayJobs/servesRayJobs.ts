import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { requestJson } from "../connection/request.ts";
import { API_GROUP, API_VERSION } from "../paths.ts";

/**
 * Whether there can be RayJobs on the cluster; false only when the API server itself says that it does not know them. A 404
 * alone does not tell: a gateway, or a server that starts, gives one, too. Throws a `ClusterError`.
 */
export async function servesRayJobs(connection: Connection, signal?: AbortSignal): Promise<boolean> {
  const { groups } = await discover<"groups">(connection, "/apis", signal);
  if (groups === undefined) return true;
  if (!groups.some(({ name }) => name === API_GROUP)) return false;
  try {
    const { resources } = await discover<"resources">(connection, `/apis/${API_GROUP}/${API_VERSION}`, signal);
    return resources === undefined || resources.some(({ name }) => name === "rayjobs");
  } catch (error) {
    if (isClusterError(error, "notFound")) return false;
    throw error;
  }
}

/** Whether something failed because KubeRay's CRDs are gone, and with them all RayJobs. */
export async function isGoneWithCrds(connection: Connection, error: unknown, signal?: AbortSignal): Promise<boolean> {
  if (!isClusterError(error) || error.missing !== "resourceType") return false;
  return !(await servesRayJobs(connection, signal).catch(() => true));
}

async function discover<What extends string>(connection: Connection, path: string, signal: AbortSignal | undefined) {
  type Found = { readonly [Name in What]?: readonly { readonly name: string }[] };
  return await requestJson<Found>(connection, { action: "read", subject: path, path, signal });
}
