import type { DiffRequest, DiffResult } from "../../../../../provider/server/customResource.ts";
import { differencesBetween } from "../../../../../provider/values/difference.ts";
import type { PropertyPath } from "../../../../../provider/values/path.ts";
import type { PropertyMap } from "../../../../../provider/values/value.ts";
import type { Kind } from "../kinds.ts";
import { at } from "../object.ts";
import { isAutonamed } from "./names.ts";

/** Compares inputs with inputs, path by path, and says which change replaces the object. */
export function diff(kind: Kind, { oldInputs, newInputs }: Pick<DiffRequest, "oldInputs" | "newInputs">): DiffResult {
  return {
    changes: differencesBetween(oldInputs, newInputs).map(({ path, kind: change }) => ({
      path,
      kind: change,
      replaces: replaces(kind, path),
      of: "inputs",
    })),
    // Two objects cannot bear one name.
    deleteBeforeReplace: !isAutonamed(newInputs) && hasSamePlace(oldInputs, newInputs),
  };
}

function replaces(kind: Kind, path: PropertyPath): boolean {
  const everywhere = ["metadata.name", "metadata.namespace"];
  return [...everywhere, ...kind.replacing].some((replacing) => touches(path, replacing.split(".")));
}

/** Whether a change at `path` is one of what lies at `place`: at it, in it, or of all that it is in. */
function touches(path: PropertyPath, place: readonly string[]): boolean {
  const depth = Math.min(path.length, place.length);
  return place.slice(0, depth).every((name, index) => name === path[index]);
}

function hasSamePlace(oldInputs: PropertyMap, newInputs: PropertyMap): boolean {
  return ["name", "namespace"].every((name) => at(oldInputs, "metadata", name) === at(newInputs, "metadata", name));
}
