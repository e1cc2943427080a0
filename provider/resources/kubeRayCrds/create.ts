import { foretoldOutputsOf, versionOf } from "../../crds/outputs.ts";
import type { Context, CreateRequest, ResourceState } from "../../server/customResource.ts";
import { clusterOf } from "../cluster.ts";
import { install } from "./install.ts";
import { crdsId } from "./state.ts";
import { surveyIfPossible } from "./survey.ts";

/** Applies the CRDs, whether they are there already or not, and waits until the API server serves them. */
export async function create({ inputs, preview }: CreateRequest, context: Context): Promise<ResourceState> {
  const version = versionOf(inputs);
  const request = version && { version, inputs, oldInputs: {} };
  if (preview) {
    if (request) await surveyIfPossible(request, context);
    return { id: "", outputs: foretoldOutputsOf(inputs) };
  }
  if (!request) throw new Error('Internal error: "version" is not known');
  return { id: crdsId, outputs: await install(request, await clusterOf(context), context) };
}
