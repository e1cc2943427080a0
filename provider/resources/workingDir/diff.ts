import type { DiffRequest, DiffResult } from "../../server/customResource.ts";
import { type Difference, differencesBetween } from "../../values/difference.ts";
import type { PropertyMap } from "../../values/value.ts";

/** Another content or another place is another object; with the content go the files that have changed. */
export async function diff({ oldInputs, newInputs }: DiffRequest): Promise<DiffResult> {
  return {
    changes: changesBetween(oldInputs, newInputs).map((change) => ({ ...change, replaces: true, of: "inputs" })),
    // A job that runs needs the old object until the new one is there, and longer.
    deleteBeforeReplace: false,
  };
}

function changesBetween(oldInputs: PropertyMap, newInputs: PropertyMap): Difference[] {
  const of = (names: readonly string[]) => differencesBetween(only(names, oldInputs), only(names, newInputs));
  const content = of(["hash"]);
  return [...of(["bucket", "prefix"]), ...content, ...(content.length > 0 ? of(["files"]) : [])];
}

function only(names: readonly string[], properties: PropertyMap): PropertyMap {
  return Object.fromEntries(names.map((name) => [name, properties[name]]));
}
