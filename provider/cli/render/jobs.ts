import type { PropertyPath } from "../../values/path.ts";
import { isPropertyMap, mapOf, type PropertyMap } from "../../values/value.ts";
import { jobsOfComponent } from "./component.ts";
import { isPreview, jobsOfPreview } from "./preview.ts";

/** The arguments of one RayJob, still with a program's interpolations, and where they are. */
export interface Job {
  /** The name of the resource, which generated names start with. */
  readonly name: string;
  readonly inputs: PropertyMap;
  /** Where an argument is written in the document. */
  placeOf(path: PropertyPath): PropertyPath;
}

/** A resource of a Pulumi program. */
export interface ProgramResource {
  readonly name: string;
  readonly path: PropertyPath;
  readonly properties: PropertyMap;
}

/** The jobs in a document: those of a program's resources or of a preview, or the one that it holds the arguments of. */
export function jobsIn(document: PropertyMap, name: string): Job[] {
  if (isPreview(document)) return jobsOfPreview(document);
  if (!isProgram(document)) return [{ name, inputs: document, placeOf: (path) => path }];
  const alone = resourcesOf(document, "RayJob").map(({ name, path, properties }) => {
    return { name, inputs: properties, placeOf: (inside: PropertyPath) => [...path, ...inside] };
  });
  return [...alone, ...componentsIn(document).flatMap(jobsOfComponent)];
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

function resourcesOf({ resources }: PropertyMap, type: string): ProgramResource[] {
  return Object.entries(mapOf(resources)).flatMap(([resourceName, resource]) => {
    const { type: token, properties, name } = mapOf(resource);
    if (token !== `rayjob:${type}` && token !== `rayjob:index:${type}`) return [];
    const path = ["resources", resourceName, "properties"];
    return [{ name: typeof name === "string" ? name : resourceName, path, properties: mapOf(properties) }];
  });
}
