import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { snapshotRayJobs } from "./snapshotRayJobs.ts";

/** The RayJobs of a namespace that bear the labels of `labelSelector`. Throws a `ClusterError`. */
export async function listRayJobs(
  connection: Connection,
  namespace: string,
  labelSelector?: string,
  signal?: AbortSignal,
): Promise<readonly RayJob[]> {
  return (await snapshotRayJobs(connection, namespace, { labelSelector, signal })).rayJobs;
}
