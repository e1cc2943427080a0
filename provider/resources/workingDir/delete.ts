import { ownerOf } from "../../job/owner.ts";
import type { Context, DeleteRequest } from "../../server/customResource.ts";
import { isStorageError } from "../../storage/storageError.ts";
import { markLeft } from "../../storage/usage.ts";
import { storageOf } from "../storage.ts";
import { inTurn } from "./inTurn.ts";
import { packagesInUse } from "./inUse.ts";
import { staysInBucket } from "./messages.ts";
import { knownPlaceOf } from "./state.ts";

/**
 * Leaves the package, on which a lifecycle rule of the bucket may delete it once nobody else uses it: another stack may have
 * the same, and a job that runs may need it for another while. Where that is not permitted the package only stays longer than it must.
 */
export async function remove({ urn, outputs }: DeleteRequest, context: Context): Promise<void> {
  const place = knownPlaceOf(outputs);
  if (packagesInUse.has(urn, place)) return;
  const { usedBy = ownerOf(urn, context.providerId).id } = outputs;
  try {
    const storage = await storageOf(context);
    await inTurn(place, () => markLeft(storage, place, String(usedBy), context.signal));
  } catch (error) {
    if (isStorageError(error, "missingObject", "missingBucket")) return;
    if (!isStorageError(error, "denied", "unsupported")) throw error;
    context.log.warning(staysInBucket(error));
  }
}
