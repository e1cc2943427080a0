import { waitForOf } from "../../job/args.ts";
import { driftedInputsOf, importedInputsOf } from "../../job/live.ts";
import { statusOf } from "../../job/outputs.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { lostFailureOf } from "../../job/report.ts";
import { isFailure, reached, verdictOf } from "../../job/verdict.ts";
import { readRayJob } from "../../kube/rayJobs/readRayJob.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import type { Context, ReadRequest, ReadResult } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import { type Cluster, sameClusterOf } from "../cluster.ts";
import { explainFailure } from "./explain.ts";
import { splitId, stateOf } from "./state.ts";

/** Reads the RayJob as it is now; undefined when it is gone, so that the next deployment creates it. */
export async function read(request: ReadRequest, context: Context): Promise<ReadResult | undefined> {
  const { id, inputs, outputs } = request;
  const [namespace, name] = splitId(id);
  const cluster = await sameClusterOf(context, outputs, rayJobSubject({ namespace, name }));
  const rayJob = await readRayJob(cluster.connection, namespace, name, context.signal);
  const isImport = outputs.uid === undefined;
  if (isImport) return rayJob && observed(rayJob, importedInputsOf(rayJob), cluster);
  if (rayJob?.metadata.uid !== outputs.uid) return remembered(request);
  return rayJob && observed(rayJob, driftedInputsOf(inputs, rayJob), cluster);
}

async function observed(rayJob: RayJob, inputs: PropertyMap, cluster: Cluster): Promise<ReadResult> {
  const state = { ...stateOf(rayJob, inputs, cluster), inputs };
  const verdict = verdictOf(rayJob.status);
  return isFailure(verdict) ? { ...state, failure: [await explainFailure(rayJob, verdict, inputs, cluster)] } : state;
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
