import { createRequire } from "node:module";
import type { Tags } from "yaml";
import { isPropertyMap, type PropertyMap } from "../values/value.ts";

/** The value as YAML in block style, its names sorted at every depth, for readers of YAML 1.1 and 1.2 alike. */
export function yamlOf(value: PropertyMap): string {
  return yaml().stringify(value, {
    compat: "yaml-1.1", // to KubeRay a plain `no` is false
    sortMapEntries: true,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}

/** What a YAML text says to KubeRay, or undefined when it is not one well-formed mapping. */
export function mappingOf(text: string): PropertyMap | undefined {
  try {
    const value = yaml().parse(text, {
      version: "1.1",
      customTags: (tags) => tags.filter(isKnownToKubeRay).map(asKubeRayReads),
      logLevel: "error",
    });
    return isPropertyMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// KubeRay reads YAML 1.1, except that times and dates are texts to it (go-yaml, resolve.go).
function isKnownToKubeRay(tag: Tags[number]): boolean {
  return typeof tag === "string" || !(("format" in tag && tag.format === "TIME") || tag.tag.endsWith(":timestamp"));
}

// A dot alone, such as the directory, is a number to the library, but not to KubeRay.
function asKubeRayReads(tag: Tags[number]): Tags[number] {
  if (typeof tag === "string" || !("resolve" in tag) || tag.collection !== undefined || !tag.test?.test("."))
    return tag;
  return { ...tag, test: /^[-+]?(?:\d[\d_]*\.[\d_]*|\.[\d_]*\d[\d_]*)$/ };
}

// Loaded when first needed: it takes longer than a preview of a job that has no YAML in it.
function yaml(): typeof import("yaml") {
  loaded ??= createRequire(import.meta.url)("yaml") as typeof import("yaml");
  return loaded;
}

let loaded: typeof import("yaml") | undefined;
