import { withoutEnvironmentValues } from "../../job/environment.ts";
import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { unlessAborted } from "../connection/unlessAborted.ts";
import { causeOf } from "./causeOf.ts";
import { type ClusterEvent, listClaimEvents, listWarnings } from "./events.ts";
import { gathered } from "./gathered.ts";
import type { Pod } from "./pods.ts";
import { nodesOf, submittersOf } from "./podsOf.ts";
import { queueCause } from "./queueCause.ts";
import { waitsForVolume } from "./schedulingTrouble.ts";

/**
 * Why the job does not run yet, in one line, or undefined if nothing is known to be in its way, or if it may not be
 * looked for. Those who ask at the same moment, about whichever jobs of a namespace, share three lists, and one more where a
 * claim is not bound. It holds no values of environment variables.
 * Never throws but the signal's reason when that is aborted.
 */
export async function pendingCause(
  connection: Connection,
  rayJob: RayJob,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const cause = await unlessAborted(lookForCause(connection, rayJob), signal);
  return cause && withoutEnvironmentValues(cause, rayJob.spec);
}

async function lookForCause(connection: Connection, rayJob: RayJob): Promise<string | undefined> {
  const queued = await queueCause(connection, rayJob);
  if (queued !== undefined) return queued;
  const { namespace, name } = rayJob.metadata;
  const cluster = rayJob.status?.rayClusterName;
  const [nodes, submitters, warnings] = await Promise.all([
    cluster ? orNone(nodesOf(connection, namespace, cluster)) : [],
    orNone(submittersOf(connection, namespace, name)),
    orNone(warningsOf(connection, namespace, name)),
  ]);
  const pods = [...nodes, ...submitters];
  const claimEvents = pods.some(waitsForVolume) ? await orNone(claimEventsOf(connection, namespace, name)) : [];
  return causeOf(
    pods,
    warnings.filter((warning) => concerns(warning, rayJob, pods)),
    claimEvents,
  );
}

const warningsOf = gathered((connection, namespace) => listWarnings(connection, namespace));
const claimEventsOf = gathered((connection, namespace) => listClaimEvents(connection, namespace));

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
