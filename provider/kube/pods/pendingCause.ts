import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { unlessAborted } from "../connection/unlessAborted.ts";
import { causeOf } from "./causeOf.ts";
import { type ClusterEvent, listWarnings } from "./events.ts";
import { gathered } from "./gathered.ts";
import type { Pod } from "./pods.ts";
import { CLUSTER_LABEL, JOB_LABEL, nodesOf, submittersOf } from "./podsOf.ts";

/**
 * Why the job does not run yet, in one line, or undefined if nothing is known to be in its way, or if pods may not be
 * listed. Those who ask at the same moment, about whichever jobs of a namespace, share three lists.
 * Never throws but the signal's reason when that is aborted.
 */
export async function pendingCause(
  connection: Connection,
  rayJob: RayJob,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { namespace, name } = rayJob.metadata;
  const cluster = rayJob.status?.rayClusterName;
  const looking = Promise.all([
    cluster ? orNone(nodesOf(connection, namespace, cluster)) : [],
    orNone(submittersOf(connection, namespace, name)),
    orNone(warningsOf(connection, namespace, name)),
  ]);
  const [nodes, submitters, warnings] = await unlessAborted(looking, signal);
  const pods = [
    ...nodes.filter(({ metadata: { labels } }) => labels?.[CLUSTER_LABEL] === cluster),
    ...submitters.filter(({ metadata: { labels } }) => labels?.[JOB_LABEL] === name),
  ];
  return causeOf(
    pods,
    warnings.filter((warning) => concerns(warning, rayJob, pods)),
  );
}

const warningsOf = gathered((connection, namespace) => listWarnings(connection, namespace));

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
