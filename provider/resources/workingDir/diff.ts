import { changeOf } from "../../packaging/announcement.ts";
import type { DiffRequest, DiffResult } from "../../server/customResource.ts";
import { type Difference, differencesBetween } from "../../values/difference.ts";
import { isKnown, type PropertyMap } from "../../values/value.ts";
import { wheelOf } from "./state.ts";

/** Another content or another place is another object; with the content go the files that have changed. */
export async function diff({ oldInputs, newInputs }: DiffRequest): Promise<DiffResult> {
  const changes = changesBetween(oldInputs, newInputs);
  const says = changeOf(oldInputs, newInputs);
  return {
    changes: changes.map((change) => ({ ...change, replaces: true, of: "inputs" })),
    ...(changes.length > 0 ? { announcement: { replaced: says, updated: says } } : {}),
    // A job that runs needs the old object until the new one is there, and longer.
    deleteBeforeReplace: false,
  };
}

function changesBetween(oldInputs: PropertyMap, newInputs: PropertyMap): Difference[] {
  const of = (names: readonly string[]) => differencesBetween(only(names, oldInputs), only(names, newInputs));
  const content = of(["hash"]);
  const details = content.length > 0 ? of(["fileCount", "files", "sizeBytes"]) : [];
  return [...of(["bucket", "prefix"]), ...content, ...details, ...renaming(oldInputs, newInputs)];
}

/** A wheel of another name is another object. */
function renaming(oldInputs: PropertyMap, newInputs: PropertyMap): Difference[] {
  const isRenamed = isKnown(newInputs.path) && isKnown(newInputs.archive) && wheelOf(oldInputs) !== wheelOf(newInputs);
  return isRenamed ? differencesBetween(only(sources, oldInputs), only(sources, newInputs)) : [];
}

const sources = ["path", "archive"];

function only(names: readonly string[], properties: PropertyMap): PropertyMap {
  return Object.fromEntries(names.map((name) => [name, properties[name]]));
}
