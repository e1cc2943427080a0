import { waitForOf } from "../../job/args.ts";
import { unnoticedEditsOf } from "../../job/edits.ts";
import { driftedInputsOf, importedInputsOf } from "../../job/live.ts";
import { statusOf } from "../../job/outputs.ts";
import { isLost } from "../../job/owed.ts";
import { beingDeletedOf, lostFailureOf } from "../../job/report.ts";
import { isFailure, reached, verdictOf } from "../../job/verdict.ts";
import { readRayJob } from "../../kube/rayJobs/readRayJob.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import type { Context, ReadRequest, ReadResult } from "../../server/customResource.ts";
import { sameClusterOf } from "../cluster.ts";
import { explainFailure } from "./explain.ts";
import { record } from "./record.ts";
import { showLogTail } from "./showLogTail.ts";
import { appliedInputsOf, splitId, stateOf } from "./state.ts";

/** Reads the RayJob as it is now; undefined when it is gone, so that the next deployment creates it. */
export async function read(request: ReadRequest, context: Context): Promise<ReadResult | undefined> {
  const { id, outputs } = request;
  const inputs = appliedInputsOf(request.inputs, outputs);
  const [namespace, name] = splitId(id);
  const cluster = await sameClusterOf(context, outputs, rayJobSubject({ namespace, name }));
  const rayJob = await readRayJob(cluster.connection, namespace, name, context.signal);
  const isImport = outputs.uid === undefined;
  if (!isImport && rayJob?.metadata.uid !== outputs.uid) return remembered({ ...request, inputs });
  if (rayJob === undefined) return undefined;
  if (isLost(outputs)) return { id, inputs, outputs, failure: [beingDeletedOf(rayJobSubject({ namespace, name }))] };
  context.afterwards((signal) => record(rayJob, cluster, { ...context, signal }));
  const edits = isImport ? undefined : unnoticedEditsOf(inputs, rayJob, rayJobSubject(rayJob.metadata));
  if (edits !== undefined) context.log.warning(edits);
  const verdict = verdictOf(rayJob.status);
  const found = isImport ? importedInputsOf(rayJob) : driftedInputsOf(inputs, rayJob);
  const state = { ...stateOf(rayJob, found, cluster), inputs: found };
  if (!isFailure(verdict)) return state;
  // Whoever knows of the failure has seen the log.
  if (!isFailure(verdictOf(statusOf(outputs)))) await showLogTail(rayJob, found, cluster, context.log);
  return { ...state, failure: [await explainFailure(rayJob, verdict, found, cluster)] };
}

/**
 * A job that had got as far as it was waited for may have ended since, and its RayJob been removed by a rule or by hand. It
 * stays in the state as it was seen last: to create it again would be to run it again. One that had not is gone.
 */
function remembered({ id, inputs, outputs }: ReadRequest): ReadResult | undefined {
  const verdict = verdictOf(statusOf(outputs));
  if (!reached(verdict, waitForOf(inputs))) return undefined;
  const failure = lostFailureOf(rayJobSubject({ namespace: id }));
  return { id, inputs, outputs, ...(isFailure(verdict) ? { failure: [failure] } : {}) };
}
