import { isInCreation, recorded } from "../../job/owner.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { patchRayJob } from "../../kube/rayJobs/patchRayJob.ts";
import type { Cluster } from "../cluster.ts";

/**
 * Notes on a RayJob that the state holds it. Where that fails it may be taken for one that a killed deployment has left, and
 * be deleted although `retainOnDelete` or `protect` was to keep it. Throws a `ClusterError`, or the signal's reason.
 */
export async function record(rayJob: RayJob, { connection }: Cluster, signal: AbortSignal): Promise<void> {
  if (!isInCreation(rayJob)) return;
  const { namespace, name, uid } = rayJob.metadata;
  // Whatever the operator has written since.
  await patchRayJob(connection, { namespace, name, uid }, recorded, signal);
}
