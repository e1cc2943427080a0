import { previewOutputsOf, statusOf } from "../../job/outputs.ts";
import { patchOf } from "../../job/patch.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { verdictOf } from "../../job/verdict.ts";
import { isClusterError } from "../../kube/connection/errors.ts";
import { patchRayJob } from "../../kube/rayJobs/patchRayJob.ts";
import { readRayJob } from "../../kube/rayJobs/readRayJob.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import type { Context, UpdateRequest } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import { type Cluster, sameClusterOf } from "./cluster.ts";
import { settle } from "./settle.ts";
import { identityOf } from "./state.ts";

/** Brings what KubeRay obeys on a live RayJob up to date, and waits on for a job that has not got far enough yet. */
export async function update(request: UpdateRequest, context: Context): Promise<PropertyMap> {
  const { id, oldOutputs, newInputs, preview } = request;
  const foretold = previewOutputsOf(newInputs, oldOutputs);
  if (preview) return foretold;
  const cluster = await sameClusterOf(context, oldOutputs, rayJobSubject(identityOf(id, oldOutputs)));
  const rayJob = await bringUpToDate(request, cluster, context);
  if (rayJob === undefined) return foretold;
  return (await settle(rayJob, newInputs, cluster, context)).outputs;
}

/** The RayJob as it is then; undefined for one that had ended and that its TTL, or somebody, has removed since. */
async function bringUpToDate(
  { id, oldInputs, oldOutputs, newInputs }: UpdateRequest,
  { connection }: Cluster,
  { signal }: Context,
): Promise<RayJob | undefined> {
  const identity = identityOf(id, oldOutputs);
  const patch = patchOf(oldInputs, newInputs);
  try {
    if (patch !== undefined) return await patchRayJob(connection, identity, patch, signal);
    const rayJob = await readRayJob(connection, identity.namespace, identity.name, signal);
    if (rayJob?.metadata.uid === identity.uid) return rayJob;
  } catch (error) {
    if (!isClusterError(error, "conflict") && !(isClusterError(error) && error.missing === "object")) throw error;
  }
  if (verdictOf(statusOf(oldOutputs)).ended) return undefined;
  throw new Error(
    `Cannot update ${rayJobSubject(identity)}: it was deleted before the job had ended. Run \`pulumi refresh\`, then ` +
      "`pulumi up` to run the job again",
  );
}
