import { duties } from "../../crds/duties.ts";
import type { DiffRequest, DiffResult, PropertyChange } from "../../server/customResource.ts";
import { type Difference, differencesBetween } from "../../values/difference.ts";

/** Says what an update does: never a replacement, which could delete every Ray object of the cluster. */
export async function diff({ oldInputs, oldOutputs, newInputs }: DiffRequest): Promise<DiffResult> {
  const said = differencesBetween(oldInputs, newInputs).map(inPlace("inputs"));
  // Another version says it all: every CRD of it differs.
  const owed = oldInputs.version === newInputs.version ? duties(oldOutputs, newInputs).map(inPlace("outputs")) : [];
  return { changes: [...said, ...owed], deleteBeforeReplace: false };
}

function inPlace(of: PropertyChange["of"]) {
  return (difference: Difference): PropertyChange => ({ ...difference, replaces: false, of });
}
