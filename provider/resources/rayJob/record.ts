import { recordedAnnotation } from "../../job/owner.ts";
import { patchRayJob, type RayJobIdentity } from "../../kube/rayJobs/patchRayJob.ts";
import type { Cluster } from "../cluster.ts";

/**
 * Notes on a new RayJob that it is in the state from now on: this is the last thing that its creation does. One without the
 * note was left by a deployment that was killed, and is cleared away by the next. Without the right or the connection to
 * note it there is no harm: it is then cleared away as well, should it ever be found outside the state.
 */
export async function record({ connection }: Cluster, identity: RayJobIdentity): Promise<void> {
  const patch = { metadata: { annotations: { [recordedAnnotation]: "true" } } };
  await patchRayJob(connection, identity, patch, AbortSignal.timeout(5_000)).catch(() => undefined);
}
