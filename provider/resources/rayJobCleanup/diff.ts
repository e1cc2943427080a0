import { knowsProviderId } from "../../job/cleanup.ts";
import type { DiffRequest, DiffResult, PropertyChange } from "../../server/customResource.ts";
import { differencesBetween } from "../../values/difference.ts";

/**
 * Says what has changed: in another namespace there is nothing of the old one to know, so that is another resource. A
 * provider that is not known yet is noted.
 */
export async function diff({ oldInputs, oldOutputs, newInputs, providerId }: DiffRequest): Promise<DiffResult> {
  const isNoted = providerId === undefined || knowsProviderId(oldOutputs.providerIds, providerId);
  const noting: PropertyChange = { path: ["providerIds"], kind: "update", replaces: false, of: "outputs" };
  const changes = differencesBetween(oldInputs, newInputs).map(
    (difference): PropertyChange => ({
      ...difference,
      replaces: difference.path[0] === "namespace",
      of: "inputs",
    }),
  );
  return {
    changes: isNoted ? changes : [...changes, noting],
    // The jobs, which depend on it, move first.
    deleteBeforeReplace: false,
  };
}
