import type { DiffRequest, DiffResult } from "../../server/customResource.ts";
import { differencesBetween } from "../../values/difference.ts";

/** Says what has changed: in another namespace there is nothing of the old one to know, so that is another resource. */
export async function diff({ oldInputs, newInputs }: DiffRequest): Promise<DiffResult> {
  return {
    changes: differencesBetween(oldInputs, newInputs).map((difference) => ({
      ...difference,
      replaces: difference.path[0] === "namespace",
      of: "inputs",
    })),
    // The jobs, which depend on it, move first.
    deleteBeforeReplace: false,
  };
}
