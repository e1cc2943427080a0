import type { Context, CreateRequest, ResourceState } from "../../server/customResource.ts";
import type { Storage } from "../../storage/connect.ts";
import { objectExists } from "../../storage/objectExists.ts";
import { type Place, uriOf } from "../../storage/place.ts";
import { isStorageError } from "../../storage/storageError.ts";
import { clearUnused } from "../../storage/unusedTag.ts";
import { knownPlaceOf, outputsOf } from "./state.ts";
import { storageOf } from "./storage.ts";
import { upload } from "./upload.ts";

/** Uploads the package, unless it is there already. */
export async function create({ inputs, preview }: CreateRequest, context: Context): Promise<ResourceState> {
  const outputs = outputsOf(inputs);
  if (preview) return { id: "", outputs };
  const place = knownPlaceOf(inputs);
  const storage = await storageOf(context);
  if (await claim(storage, place, context)) context.log.status("was there already");
  else await upload(inputs, storage, place, context);
  return { id: uriOf(place), outputs };
}

/** Whether the package is there; it is not marked as unused then any more. */
async function claim(storage: Storage, place: Place, { log, signal }: Context): Promise<boolean> {
  if (!(await objectExists(storage, place, signal))) return false;
  try {
    await clearUnused(storage, place, signal);
  } catch (error) {
    if (isStorageError(error, "missingObject", "missingBucket")) return false;
    // A server that knows no tags has set none; but where they are not ours to see, there may be one.
    if (!isStorageError(error, "unsupported", "denied")) throw error;
    if (error.kind === "denied") log.warning(`${error.message}. A package that is marked as unused may be deleted`);
  }
  return true;
}
