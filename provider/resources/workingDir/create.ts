import { ownerOf } from "../../job/owner.ts";
import type { Context, CreateRequest, ResourceState } from "../../server/customResource.ts";
import type { Storage } from "../../storage/connect.ts";
import { objectExists } from "../../storage/objectExists.ts";
import { type Place, uriOf } from "../../storage/place.ts";
import { isStorageError } from "../../storage/storageError.ts";
import { markUsed } from "../../storage/usage.ts";
import { storageOf } from "../storage.ts";
import { knownPlaceOf, outputsOf } from "./state.ts";
import { upload } from "./upload.ts";

/** Uploads the package, unless it is there already. */
export async function create({ urn, inputs, preview }: CreateRequest, context: Context): Promise<ResourceState> {
  const outputs = outputsOf(inputs);
  if (preview) return { id: "", outputs };
  const place = knownPlaceOf(inputs);
  const storage = await storageOf(context);
  const user = ownerOf(urn, context.providerId).id;
  if (await claim(storage, place, user, context)) {
    context.log.status("was there already");
  } else {
    await upload(inputs, storage, place, context);
    await markUsed(storage, place, user, context.signal).catch(unlessUntaggable);
  }
  return { id: uriOf(place), outputs };
}

/** Whether the package is there; this resource is one of its users then. */
async function claim(storage: Storage, place: Place, user: string, { log, signal }: Context): Promise<boolean> {
  if (!(await objectExists(storage, place, signal))) return false;
  try {
    await markUsed(storage, place, user, signal);
  } catch (error) {
    if (isStorageError(error, "missingObject", "missingBucket")) return false;
    unlessUntaggable(error);
    if (isStorageError(error, "denied"))
      log.warning(`${error.message}. A package that is marked as unused may be deleted`);
  }
  return true;
}

// A server that knows no tags has set none that could harm; where they are not ours to write, others' may.
function unlessUntaggable(error: unknown): void {
  if (!isStorageError(error, "unsupported", "denied")) throw error;
}
