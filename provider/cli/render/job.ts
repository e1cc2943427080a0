import type { PropertyPath } from "../../values/path.ts";
import type { PropertyMap } from "../../values/value.ts";

/** The arguments of one RayJob, still with a program's interpolations, and where they are. */
export interface Job {
  /** The name of the resource, which generated names start with. */
  readonly name: string;
  readonly inputs: PropertyMap;
  /** Where an argument is written in the document. */
  placeOf(path: PropertyPath): PropertyPath;
}
