import { refusalOf } from "../../job/patched.ts";
import { withoutQueueChange } from "../../job/queueChange.ts";
import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../../kube/connection/connect.ts";
import { isClusterError } from "../../kube/connection/errors.ts";
import { patchRayJob, type RayJobIdentity } from "../../kube/rayJobs/patchRayJob.ts";
import { readRayJob } from "../../kube/rayJobs/readRayJob.ts";
import type { Context } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";

/**
 * Patches a RayJob that was last given `inputs`, unless KubeRay would refuse what comes of it. Gives the RayJob as it is then;
 * undefined if it is on the cluster no more.
 */
export async function patchJob(
  connection: Connection,
  identity: RayJobIdentity,
  patch: PropertyMap,
  inputs: PropertyMap,
  { signal, log }: Pick<Context, "signal" | "log">,
): Promise<RayJob | undefined> {
  for (let triesLeft = mostTries - 1; ; triesLeft -= 1) {
    const live = await readRayJob(connection, identity.namespace, identity.name, signal);
    if (live?.metadata.uid !== identity.uid) return undefined;
    const { patch: sent, staysIn } = withoutQueueChange(patch, live);
    const refusal = sent && refusalOf(live, sent, inputs);
    if (refusal !== undefined) throw new Error(refusal);
    try {
      const patched = sent === undefined ? live : await patchRayJob(connection, live.metadata, sent, signal);
      // Once, however often it was tried.
      if (staysIn !== undefined) log.warning(keptQueueOf(staysIn));
      return patched;
    } catch (error) {
      const hasChanged = isClusterError(error, "conflict") || (isClusterError(error) && error.missing === "object");
      if (!hasChanged || triesLeft === 0) throw error;
    }
  }
}

function keptQueueOf(queue: string): string {
  return `The job stays in the queue "${queue}": Kueue moves none that it has let run. Its next run is in the new one`;
}

// The operator writes the status of a running job every few seconds, and with it another version.
const mostTries = 5;
