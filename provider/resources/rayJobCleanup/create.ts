import { withProviderId } from "../../job/cleanup.ts";
import type { Context, CreateRequest, ResourceState } from "../../server/customResource.ts";
import { UNKNOWN } from "../../values/value.ts";
import { clusterOf } from "../cluster.ts";

/** Notes which jobs there will be, and on which cluster. */
export async function create({ inputs, preview }: CreateRequest, context: Context): Promise<ResourceState> {
  if (preview) return { id: "", outputs: { ...inputs, clusterUid: UNKNOWN, providerIds: UNKNOWN } };
  const { uid } = await clusterOf(context);
  const providerIds = withProviderId([], context.providerId);
  return { id: String(inputs.namespace), outputs: { ...inputs, clusterUid: uid, providerIds } };
}
