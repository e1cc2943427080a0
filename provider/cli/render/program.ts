import type { PropertyPath } from "../../values/path.ts";
import { isPropertyMap, mapOf, type PropertyMap } from "../../values/value.ts";

/** A resource of a Pulumi program. */
export interface ProgramResource {
  readonly name: string;
  readonly path: PropertyPath;
  readonly properties: PropertyMap;
}

/** The `RayJobComponent`s of a Pulumi program. */
export function componentsIn(document: PropertyMap): ProgramResource[] {
  return isProgram(document) ? resourcesOf(document, "RayJobComponent") : [];
}

/** Whether the document is a program in Pulumi's YAML. */
export function isProgram(document: PropertyMap): boolean {
  return isPropertyMap(document.resources) || languageOf(document) === "yaml";
}

/** The language of a Pulumi project's program; undefined of anything else. */
export function languageOf({ runtime }: PropertyMap): string | undefined {
  const name = isPropertyMap(runtime) ? runtime.name : runtime;
  return typeof name === "string" ? name : undefined;
}

/** A program's resources of one of this package's types. */
export function resourcesOf({ resources }: PropertyMap, type: string): ProgramResource[] {
  return Object.entries(mapOf(resources)).flatMap(([resourceName, resource]) => {
    const { type: token, properties, name } = mapOf(resource);
    if (token !== `rayjob:${type}` && token !== `rayjob:index:${type}`) return [];
    const path = ["resources", resourceName, "properties"];
    return [{ name: typeof name === "string" ? name : resourceName, path, properties: mapOf(properties) }];
  });
}
