import { createRequire } from "node:module";
import { isPropertyMap, type PropertyMap } from "../values/value.ts";

/** The value as YAML in block style, its names sorted at every depth. */
export function yamlOf(value: PropertyMap): string {
  return yaml().stringify(value, { sortMapEntries: true, lineWidth: 0, aliasDuplicateObjects: false });
}

/** What a YAML text says, or undefined when it is not one well-formed mapping. */
export function mappingOf(text: string): PropertyMap | undefined {
  try {
    const value = yaml().parse(text, { logLevel: "error" });
    return isPropertyMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// Loaded when first needed: it takes longer than a preview of a job that has no YAML in it.
function yaml(): typeof import("yaml") {
  loaded ??= createRequire(import.meta.url)("yaml") as typeof import("yaml");
  return loaded;
}

let loaded: typeof import("yaml") | undefined;
