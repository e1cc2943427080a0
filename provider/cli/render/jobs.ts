import type { PropertyPath } from "../../values/path.ts";
import type { PropertyMap } from "../../values/value.ts";
import { jobsOfComponent } from "./component.ts";
import type { Job } from "./job.ts";
import { isPreview, jobsOfPreview } from "./preview.ts";
import { componentsIn, isProgram, resourcesOf } from "./program.ts";

/** The jobs in a document: those of a program's resources or of a preview, or the one that it holds the arguments of. */
export function jobsIn(document: PropertyMap, name: string): Job[] {
  if (isPreview(document)) return jobsOfPreview(document);
  if (!isProgram(document)) return [{ name, inputs: document, placeOf: (path) => path }];
  const alone = resourcesOf(document, "RayJob").map(({ name, path, properties }) => {
    return { name, inputs: properties, placeOf: (inside: PropertyPath) => [...path, ...inside] };
  });
  return [...alone, ...componentsIn(document).flatMap(jobsOfComponent)];
}
