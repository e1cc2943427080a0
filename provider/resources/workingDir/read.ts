import type { Context, ReadRequest, ReadResult } from "../../server/customResource.ts";
import { objectExists } from "../../storage/objectExists.ts";
import { storageOf } from "../storage.ts";
import { notImportable } from "./messages.ts";
import { knownPlaceOf } from "./state.ts";

/** Looks whether the package is still there; undefined when it is not, so that the next deployment uploads it again. */
export async function read({ id, inputs, outputs }: ReadRequest, context: Context): Promise<ReadResult | undefined> {
  if (outputs.hash === undefined) throw notImportable(id);
  const found = await objectExists(await storageOf(context), knownPlaceOf(outputs), context.signal);
  return found ? { id, inputs, outputs } : undefined;
}
