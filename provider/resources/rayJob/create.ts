import { manifestOf } from "../../job/manifest.ts";
import { previewOutputsOf } from "../../job/outputs.ts";
import { ownerOf } from "../../job/owner.ts";
import type { Context, CreateRequest, ResourceState } from "../../server/customResource.ts";
import { clusterOf } from "../cluster.ts";
import { settle } from "./settle.ts";
import { submit } from "./submit.ts";

/** Submits the job and waits as long as `waitFor` asks for. */
export async function create({ urn, inputs, preview }: CreateRequest, context: Context): Promise<ResourceState> {
  if (preview) return { id: "", outputs: previewOutputsOf(inputs) };
  const cluster = await clusterOf(context);
  const owner = ownerOf(urn, context.providerId);
  const rayJob = await submit(manifestOf(inputs, owner), owner, inputs, cluster, context);
  return settle(rayJob, inputs, cluster, context);
}
