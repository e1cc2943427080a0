import { isInCreation, recorded } from "../../job/owner.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { patchRayJob } from "../../kube/rayJobs/patchRayJob.ts";
import type { Cluster } from "../cluster.ts";

/**
 * Notes on a RayJob that the state holds it. Where that fails the RayJob may be taken for one that a killed deployment has
 * left, which matters to nobody who has it in a program. Throws a `ClusterError`.
 */
export async function record(rayJob: RayJob, { connection }: Cluster): Promise<void> {
  if (!isInCreation(rayJob)) return;
  await patchRayJob(connection, rayJob.metadata, recorded, AbortSignal.timeout(mostMilliseconds));
}

const mostMilliseconds = 5_000;
