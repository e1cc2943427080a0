import { previewOutputsOf, statusOf } from "../../job/outputs.ts";
import { patchOf } from "../../job/patch.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { lostFailureOf } from "../../job/report.ts";
import { isFailure, verdictOf } from "../../job/verdict.ts";
import { type ClusterError, isClusterError } from "../../kube/connection/errors.ts";
import { patchRayJob } from "../../kube/rayJobs/patchRayJob.ts";
import { readRayJob } from "../../kube/rayJobs/readRayJob.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import { type Context, InitializationError, type UpdateRequest } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import { type Cluster, sameClusterOf } from "../cluster.ts";
import { settle } from "./settle.ts";
import { identityOf } from "./state.ts";

/** Brings what KubeRay obeys on a live RayJob up to date, and waits on for a job that has not got far enough yet. */
export async function update(request: UpdateRequest, context: Context): Promise<PropertyMap> {
  const { id, oldOutputs, newInputs, preview } = request;
  const foretold = previewOutputsOf(newInputs, oldOutputs);
  if (preview) return foretold;
  const cluster = await sameClusterOf(context, oldOutputs, rayJobSubject(identityOf(id, oldOutputs)));
  const rayJob = await bringUpToDate(request, cluster, context);
  if (rayJob === undefined) return withoutRayJob(request, foretold);
  return (await settle(rayJob, newInputs, cluster, context)).outputs;
}

/** What is left of a job that had ended: its outcome, and a failure stays one. */
function withoutRayJob({ id, oldOutputs }: UpdateRequest, outputs: PropertyMap): PropertyMap {
  if (!isFailure(verdictOf(statusOf(oldOutputs)))) return outputs;
  const reason = lostFailureOf(rayJobSubject({ namespace: id }));
  throw new InitializationError(reason, { id, outputs }, [reason]);
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
    const isLost = isClusterError(error) && (error.missing === "object" || (await hasOtherUid(error)));
    if (!isLost) throw error;
  }
  if (verdictOf(statusOf(oldOutputs)).ended) return undefined;
  throw new Error(
    `Cannot update ${rayJobSubject(identity)}: it was deleted before the job had ended. Run \`pulumi refresh\`, then ` +
      "`pulumi up` to run the job again",
  );

  async function hasOtherUid(error: ClusterError): Promise<boolean> {
    if (error.kind !== "conflict") return false;
    return (await readRayJob(connection, identity.namespace, identity.name, signal))?.metadata.uid !== identity.uid;
  }
}
