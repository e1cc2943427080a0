import { changedAfterCheck } from "../../packaging/failures/directory.ts";
import type { Package } from "../../packaging/package.ts";
import { packageOf } from "../../packaging/sources/packageOf.ts";
import { filesOf, sizeOf } from "../../packaging/words.ts";
import type { Context } from "../../server/customResource.ts";
import type { Storage } from "../../storage/connect.ts";
import type { Place } from "../../storage/place.ts";
import { uploadObject } from "../../storage/uploadObject.ts";
import { differencesBetween } from "../../values/difference.ts";
import type { PropertyMap } from "../../values/value.ts";
import { sourceOf } from "./state.ts";

/** Packages the code and stores it, both at once. */
export async function upload(
  inputs: PropertyMap,
  storage: Storage,
  place: Place,
  { log, signal }: Context,
): Promise<void> {
  const { files, sizeBytes, mostBytes, bytes } = await unchanged(inputs);
  log.status("uploading");
  await uploadObject(storage, place, bytes, {
    mostBytes,
    signal,
    onProgress: (sent) => log.status(`uploading, ${sizeOf(sent)} sent`),
  });
  log.status(`uploaded ${filesOf(files.length)}, ${sizeOf(sizeBytes)}`);
}

/** The package as it is now, which must be what the inputs say. */
async function unchanged(inputs: PropertyMap): Promise<Package> {
  const source = sourceOf(inputs);
  const now = await packageOf(source);
  if (now.hash === inputs.hash) return now;
  const changed = differencesBetween(inputs.files, now.listing).flatMap(({ path }) => path.map(String));
  throw changedAfterCheck(source.path, changed);
}
