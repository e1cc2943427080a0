import { randomBytes } from "node:crypto";
import type { PropertyMap, Value } from "../../../../../provider/values/value.ts";
import { annotationOf, at, textAt } from "../object.ts";

/** Marks an object whose name was made up here, so that the next deployment may keep it. */
export const autonamed = "pulumi.com/autonamed";

/**
 * The metadata with a name: the given one, the one that was made up for the same resource before, or a new one of the
 * resource's name and eight random digits.
 */
export function named(metadata: PropertyMap, resourceName: string, oldInputs: PropertyMap): PropertyMap {
  if (metadata.name !== undefined) return metadata;
  const name = keptNameOf(oldInputs) ?? `${resourceName}-${randomBytes(4).toString("hex")}`;
  const annotations: Value = { ...(at(metadata, "annotations") as PropertyMap | undefined), [autonamed]: "true" };
  return { ...metadata, name, annotations };
}

export function isAutonamed(inputs: PropertyMap): boolean {
  return annotationOf(inputs, autonamed) === "true";
}

function keptNameOf(oldInputs: PropertyMap): string | undefined {
  return isAutonamed(oldInputs) ? textAt(oldInputs, "metadata", "name") : undefined;
}
