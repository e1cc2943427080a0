import { jobNames } from "../../job/cleanup.ts";
import type { Context, DeleteRequest } from "../../server/customResource.ts";
import { sweep } from "./sweep.ts";

/** Deletes what was left of all the jobs. */
export async function remove({ urn, outputs }: DeleteRequest, context: Context): Promise<void> {
  await sweep(urn, jobNames(outputs.jobs), outputs, context);
}
