import { isInCreation, recorded } from "../../job/owner.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { unrecordedOf } from "../../job/report.ts";
import type { Connection } from "../../kube/connection/connect.ts";
import { isClusterError } from "../../kube/connection/errors.ts";
import { patchRayJob } from "../../kube/rayJobs/patchRayJob.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import type { Context } from "../../server/customResource.ts";
import type { Cluster } from "../cluster.ts";

/**
 * Notes on a RayJob that the state holds it, and gives it as it is then. Where that fails it may be taken for one that a
 * killed deployment has left, and be deleted although `retainOnDelete` or `protect` was to keep it: a missing right is warned
 * of, once for each cluster. Throws nothing.
 */
export async function record(
  rayJob: RayJob,
  { connection }: Cluster,
  { log, signal }: Pick<Context, "log" | "signal">,
): Promise<RayJob> {
  if (!isInCreation(rayJob)) return rayJob;
  const { namespace, name, uid } = rayJob.metadata;
  try {
    // Whatever the operator has written since.
    return await patchRayJob(connection, { namespace, name, uid }, recorded, signal);
  } catch (error) {
    if (isClusterError(error, "forbidden") && !warnedOf.has(connection)) {
      warnedOf.add(connection);
      log.warning(unrecordedOf(rayJobSubject(rayJob.metadata), error.problem));
    }
    return rayJob;
  }
}

const warnedOf = new WeakSet<Connection>();
