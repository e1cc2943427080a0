import type { Context, ReadRequest, ReadResult } from "../../server/customResource.ts";
import { objectExists } from "../../storage/objectExists.ts";
import { storageOf } from "../storage.ts";
import { knownPlaceOf } from "./state.ts";

/** Looks whether the package is still there; undefined when it is not, so that the next deployment uploads it again. */
export async function read({ id, inputs, outputs }: ReadRequest, context: Context): Promise<ReadResult | undefined> {
  if (outputs.hash === undefined) throw notImportable(id);
  const found = await objectExists(await storageOf(context), knownPlaceOf(outputs), context.signal);
  return found ? { id, inputs, outputs } : undefined;
}

function notImportable(id: string): Error {
  return new Error(
    `Cannot import ${id}: a WorkingDir is made from its directory. Declare it with that directory: a package that is in ` +
      "the bucket already is taken as it is",
  );
}
