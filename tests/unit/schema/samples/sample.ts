import type { PropertyMap } from "../../../../provider/values/value.ts";

/** Arguments of a resource as a program may write them, all of which the provider takes unless it says otherwise. */
export interface Sample {
  /** What the sample shows, as part of a sentence. */
  readonly shows: string;
  readonly token: string;
  readonly inputs: PropertyMap;
  /** The codes of what is refused in it, where there is something that cannot be written without. */
  readonly refusedBy?: readonly string[];
}
