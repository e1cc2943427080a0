import { listingOf } from "../../packaging/listing.ts";
import { PackagingError } from "../../packaging/packagingError.ts";
import { type Survey, survey } from "../../packaging/survey.ts";
import { zipOf } from "../../packaging/zip/zip.ts";
import type { Context } from "../../server/customResource.ts";
import type { Storage } from "../../storage/connect.ts";
import type { Place } from "../../storage/place.ts";
import { uploadObject } from "../../storage/uploadObject.ts";
import { differencesBetween } from "../../values/difference.ts";
import type { PropertyMap } from "../../values/value.ts";
import { packagedOf } from "./state.ts";

/** Packages the directory and stores it, both at once. */
export async function upload(
  inputs: PropertyMap,
  storage: Storage,
  place: Place,
  { log, signal }: Context,
): Promise<void> {
  const { files, sizeBytes } = await unchanged(inputs);
  log.status("uploading");
  await uploadObject(storage, place, () => zipOf(files), {
    mostBytes: sizeBytes + files.length * mostAroundFile,
    signal,
    onProgress: (bytes) => log.status(`uploading, ${sizeOf(bytes)} sent`),
  });
  log.status(`uploaded ${files.length} ${files.length === 1 ? "file" : "files"}, ${sizeOf(sizeBytes)}`);
}

/** The directory as it is now, which must be what the inputs say. */
async function unchanged(inputs: PropertyMap): Promise<Survey> {
  const { path, excludes } = packagedOf(inputs);
  const now = await survey(path, excludes);
  if (now.hash === inputs.hash) return now;
  const changed = differencesBetween(inputs.files, listingOf(now.files)).flatMap((difference) => difference.path);
  throw new PackagingError(
    `Cannot package "${path}": it was changed after it had been checked (${some(changed)}). Run \`pulumi up\` again once ` +
      "nothing writes to it, or name what is written there in `excludes`",
  );
}

function some(names: readonly (string | number)[]): string {
  const shown = names.slice(0, 3).join(", ");
  if (names.length === 0) return "a file behind the first thousand";
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

// Two headers of a zip file, with the longest path that systems know in each.
const mostAroundFile = 10_000;
