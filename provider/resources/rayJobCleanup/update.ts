import { droppedJobs, knowsProviderId, withProviderId } from "../../job/cleanup.ts";
import type { Context, UpdateRequest } from "../../server/customResource.ts";
import { type PropertyMap, UNKNOWN } from "../../values/value.ts";
import { sweep } from "./sweep.ts";

/** Deletes what was left of the jobs that are not in the program any more, and notes the provider if it is another. */
export async function update(
  { urn, oldOutputs, newInputs, preview }: UpdateRequest,
  context: Context,
): Promise<PropertyMap> {
  const { clusterUid, providerIds } = oldOutputs;
  // A preview may have a provider that is not there yet.
  const isForetold = !preview || knowsProviderId(providerIds, context.providerId);
  if (!preview) await sweep(urn, droppedJobs(oldOutputs.jobs, newInputs.jobs), oldOutputs, context);
  return {
    ...newInputs,
    clusterUid,
    providerIds: isForetold ? withProviderId(providerIds, context.providerId) : UNKNOWN,
  };
}
