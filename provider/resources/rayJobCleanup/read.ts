import type { Context, ReadRequest, ReadResult } from "../../server/customResource.ts";

/** Gives what the state holds: there is nothing of it on the cluster. */
export async function read({ id, inputs, outputs }: ReadRequest, _: Context): Promise<ReadResult> {
  if (outputs.clusterUid !== undefined) return { id, inputs, outputs };
  throw new Error("Cannot import a RayJobCleanup: there is nothing of it on the cluster. Declare one instead");
}
