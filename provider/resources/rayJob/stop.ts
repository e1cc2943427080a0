import type { RayJobIdentity } from "../../kube/rayJobs/patchRayJob.ts";
import { requestDeletion } from "../../kube/rayJobs/requestDeletion.ts";
import { messageOf } from "../../values/messageOf.ts";
import type { Cluster } from "../cluster.ts";

/** Asks for the deletion of the RayJob and does not wait for it; gives why that is refused, if it is. Throws nothing. */
export async function stop(identity: RayJobIdentity, { connection }: Cluster): Promise<string | undefined> {
  try {
    await requestDeletion(connection, identity, AbortSignal.timeout(mostMilliseconds));
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

// Somebody has pressed Ctrl-C and waits.
const mostMilliseconds = 10_000;
