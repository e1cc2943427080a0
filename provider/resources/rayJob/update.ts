import { waitForOf } from "../../job/args.ts";
import { previewOutputsOf, rememberedOutputsOf, statusOf } from "../../job/outputs.ts";
import { gonePhase } from "../../job/owed.ts";
import { patchOf } from "../../job/patch.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { goneOf, lostFailureOf, textOf } from "../../job/report.ts";
import { isFailure, reached, verdictOf } from "../../job/verdict.ts";
import { readRayJob } from "../../kube/rayJobs/readRayJob.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import {
  type Context,
  InitializationError,
  type ResourceState,
  type UpdateRequest,
} from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import { type Cluster, sameClusterOf } from "../cluster.ts";
import { successorOf } from "./explain.ts";
import { patchJob } from "./patchJob.ts";
import { record } from "./record.ts";
import { settle } from "./settle.ts";
import { appliedInputsOf, identityOf } from "./state.ts";

/** Brings what KubeRay obeys on a live RayJob up to date, and waits on for a job that has not got far enough yet. */
export async function update(request: UpdateRequest, context: Context): Promise<PropertyMap> {
  const { id, oldOutputs, newInputs, preview } = request;
  if (preview) return previewOutputsOf(newInputs, oldOutputs);
  const cluster = await sameClusterOf(context, oldOutputs, rayJobSubject(identityOf(id, oldOutputs)));
  const rayJob = await bringUpToDate(request, cluster, context);
  if (rayJob === undefined) return withoutRayJob(request, cluster);
  // The state has held it since the last deployment, which may have been killed, and so may this one be.
  const held = await record(rayJob, cluster, context);
  return (await settle(held, newInputs, cluster, context)).outputs;
}

/**
 * What is left of a job whose RayJob its TTL, a rule or somebody has removed: its outcome, or how far it had got, if that is
 * as far as it was waited for. A failure stays one.
 */
async function withoutRayJob({ id, oldOutputs, newInputs }: UpdateRequest, cluster: Cluster): Promise<PropertyMap> {
  const outputs = rememberedOutputsOf(newInputs, oldOutputs);
  const verdict = verdictOf(statusOf(oldOutputs));
  const subject = rayJobSubject({ namespace: id });
  if (isFailure(verdict)) throw unfulfilled(lostFailureOf(subject), { id, outputs });
  if (reached(verdict, waitForOf(newInputs))) return outputs;
  const successor = await successorOf(identityOf(id, oldOutputs), cluster);
  throw unfulfilled(textOf(goneOf({ subject, successor })), { id, outputs: { ...outputs, phase: gonePhase } });
}

function unfulfilled(reason: string, state: ResourceState): InitializationError {
  return new InitializationError(reason, state, [reason]);
}

/** The RayJob as it is then; undefined for one that is on the cluster no more. */
async function bringUpToDate(
  { id, oldInputs, oldOutputs, newInputs }: UpdateRequest,
  { connection }: Cluster,
  context: Context,
): Promise<RayJob | undefined> {
  const identity = identityOf(id, oldOutputs);
  const applied = appliedInputsOf(oldInputs, oldOutputs);
  const patch = patchOf(applied, newInputs);
  if (patch !== undefined) return patchJob(connection, identity, patch, applied, context);
  const rayJob = await readRayJob(connection, identity.namespace, identity.name, context.signal);
  return rayJob?.metadata.uid === identity.uid ? rayJob : undefined;
}
