import { ownerOf } from "../../job/owner.ts";
import type { Context, CreateRequest, ResourceState } from "../../server/customResource.ts";
import type { Storage } from "../../storage/connect.ts";
import { objectExists } from "../../storage/objectExists.ts";
import { type Place, uriOf } from "../../storage/place.ts";
import { isStorageError } from "../../storage/storageError.ts";
import { markUsed, markUsedToo } from "../../storage/usage.ts";
import { storageOf } from "../storage.ts";
import { inTurn } from "./inTurn.ts";
import { mayBeDeleted } from "./messages.ts";
import { knownPlaceOf, outputsOf } from "./state.ts";
import { upload } from "./upload.ts";

/** Uploads the package, unless it is there already. */
export async function create({ urn, inputs, preview }: CreateRequest, context: Context): Promise<ResourceState> {
  if (preview) return { id: "", outputs: outputsOf(inputs) };
  const place = knownPlaceOf(inputs);
  const storage = await storageOf(context);
  const usedBy = ownerOf(urn, context.providerId).id;
  await inTurn(place, async () => {
    if (await claim(storage, place, usedBy, context)) return context.log.status("was there already");
    await upload(inputs, storage, place, context);
    await note(() => markUsed(storage, place, usedBy, context.signal), context);
  });
  return { id: uriOf(place), outputs: { ...outputsOf(inputs), usedBy } };
}

/** Whether the package is there; this resource is one of its users then. */
async function claim(storage: Storage, place: Place, user: string, context: Context): Promise<boolean> {
  if (!(await objectExists(storage, place, context.signal))) return false;
  try {
    await note(() => markUsedToo(storage, place, user, context.signal), context);
  } catch (error) {
    if (isStorageError(error, "missingObject", "missingBucket")) return false;
    throw error;
  }
  return true;
}

/** A server that knows no tags has set none that could harm; where they are not ours to write, others' may. */
async function note(mark: () => Promise<void>, { log }: Context): Promise<void> {
  try {
    await mark();
  } catch (error) {
    if (!isStorageError(error, "unsupported", "denied")) throw error;
    if (isStorageError(error, "denied")) log.warning(mayBeDeleted(error));
  }
}
