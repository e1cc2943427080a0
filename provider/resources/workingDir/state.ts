import type { WorkingDirArgs, WorkingDirOutputs } from "../../packaging/args.ts";
import { keyOf } from "../../packaging/listing.ts";
import { type Place, uriOf } from "../../storage/place.ts";
import { isList, type PropertyMap, UNKNOWN } from "../../values/value.ts";

/**
 * What check finds out about the directory and puts beside the arguments, so that a preview knows it and the next one can
 * tell what has changed.
 */
export const computed = ["hash", "files", "fileCount", "sizeBytes"] as const satisfies (keyof WorkingDirOutputs)[];
export type Computed = { readonly [Name in (typeof computed)[number]]: PropertyMap[string] };

/** What the directory is packaged by, of inputs that have been checked. */
export function packagedOf(inputs: PropertyMap): Pick<WorkingDirArgs, "path"> & { readonly excludes: string[] } {
  const { path, excludes } = inputs;
  return { path: String(path), excludes: isList(excludes) ? excludes.map(String) : [] };
}

/** Where the package lies; undefined as long as that is not known. */
export function placeOf({ bucket, prefix, hash }: PropertyMap): Place | undefined {
  if (typeof bucket !== "string" || typeof prefix !== "string" || typeof hash !== "string") return undefined;
  return { bucket, key: keyOf(prefix, hash) };
}

/** All outputs follow from inputs that have been checked. */
export function outputsOf(inputs: PropertyMap): PropertyMap {
  const place = placeOf(inputs);
  return { ...inputs, uri: place === undefined ? UNKNOWN : uriOf(place) };
}

/** The place of inputs or outputs that the state holds. */
export function knownPlaceOf(properties: PropertyMap): Place {
  const place = placeOf(properties);
  if (place === undefined) throw new Error("Internal error: a WorkingDir without bucket, prefix or hash");
  return place;
}
