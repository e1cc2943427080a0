import { droppedJobs } from "../../job/cleanup.ts";
import type { Context, UpdateRequest } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import { sweep } from "./sweep.ts";

/** Deletes what was left of the jobs that are not in the program any more. */
export async function update(
  { urn, oldOutputs, newInputs, preview }: UpdateRequest,
  context: Context,
): Promise<PropertyMap> {
  if (!preview) await sweep(urn, droppedJobs(oldOutputs.jobs, newInputs.jobs), oldOutputs, context);
  return { ...newInputs, clusterUid: oldOutputs.clusterUid };
}
