import type { WorkingDirOutputs } from "../../packaging/args.ts";
import { keyOf } from "../../packaging/listing.ts";
import { wheelNameOf } from "../../packaging/ready/readyFile.ts";
import type { Source } from "../../packaging/sources/source.ts";
import { type Place, uriOf } from "../../storage/place.ts";
import { isArchive } from "../../values/archive.ts";
import { isList, type PropertyMap, UNKNOWN } from "../../values/value.ts";

/**
 * What check finds out about the directory and puts beside the arguments, so that a preview knows it and the next one can
 * tell what has changed.
 */
export const computed = ["hash", "files", "fileCount", "sizeBytes"] as const satisfies (keyof WorkingDirOutputs)[];
export type Computed = { readonly [Name in (typeof computed)[number]]: PropertyMap[string] };

/** What is packaged, of inputs that have been checked. */
export function sourceOf({ path, archive, excludes, includeParentDir, asModule }: PropertyMap): Source {
  return {
    ...(typeof path === "string" ? { path } : {}),
    ...(isArchive(archive) ? { archive } : {}),
    excludes: isList(excludes) ? excludes.map(String) : [],
    includeParentDir: includeParentDir === true,
    asModule: asModule === true,
  };
}

/** Where the package lies; undefined as long as that is not known. */
export function placeOf(properties: PropertyMap): Place | undefined {
  const { bucket, prefix, hash } = properties;
  if (typeof bucket !== "string" || typeof prefix !== "string" || typeof hash !== "string") return undefined;
  return { bucket, key: keyOf(prefix, hash, wheelOf(properties)) };
}

/** The file name of the wheel that is packaged, if it is one. */
export function wheelOf({ path, archive }: PropertyMap): string | undefined {
  const file = isArchive(archive) ? archive.path : path;
  return typeof file === "string" ? wheelNameOf(file) : undefined;
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
