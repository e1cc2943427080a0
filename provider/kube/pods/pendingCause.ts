import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { causeOf } from "./causeOf.ts";
import { type ClusterEvent, listWarnings } from "./events.ts";
import { listPods, type Pod } from "./pods.ts";

/**
 * Why the job does not run yet, in one line, or undefined if nothing is known to be in its way, or if pods may not be
 * listed. Never throws but the signal's reason when that is aborted.
 */
export async function pendingCause(
  connection: Connection,
  rayJob: RayJob,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { namespace, name } = rayJob.metadata;
  const cluster = rayJob.status?.rayClusterName;
  const [nodes, submitters, warnings] = await Promise.all([
    cluster ? orNone(listPods(connection, namespace, `ray.io/cluster=${cluster}`, signal)) : [],
    orNone(listPods(connection, namespace, `job-name=${name}`, signal)),
    orNone(listWarnings(connection, namespace, signal)),
  ]);
  const pods = [...nodes, ...submitters];
  return causeOf(
    pods,
    warnings.filter((warning) => concerns(warning, rayJob, pods)),
  );
}

async function orNone<T>(listing: Promise<T[]>): Promise<T[]> {
  try {
    return await listing;
  } catch (error) {
    if (isClusterError(error)) return [];
    throw error;
  }
}

function concerns(
  { involvedObject: { kind, name, uid } }: ClusterEvent,
  rayJob: RayJob,
  pods: readonly Pod[],
): boolean {
  switch (kind) {
    case "RayJob":
      return uid === rayJob.metadata.uid;
    case "RayCluster":
      return name === rayJob.status?.rayClusterName;
    case "Job":
      return name === rayJob.metadata.name;
    case "Pod":
      return pods.some(({ metadata }) => metadata.uid === uid);
    default:
      return false;
  }
}
