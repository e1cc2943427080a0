import { randomBytes } from "node:crypto";
import { isClusterError } from "../../../../../provider/kube/connection/errors.ts";
import type { Context, CreateRequest, ResourceState } from "../../../../../provider/server/customResource.ts";
import { isKnown, isPropertyMap, type PropertyMap, withUnknownAt } from "../../../../../provider/values/value.ts";
import { dryRunCreate } from "../cluster/dryRunCreate.ts";
import { takeOwnership } from "../cluster/ownership.ts";
import { ready } from "../cluster/ready.ts";
import { createObject } from "../cluster/requests.ts";
import type { Kind } from "../kinds.ts";
import { at, idOf, placeOf } from "../object.ts";
import { clusterOf } from "./cluster.ts";
import { foretold, writtenOutputsOf } from "./outputs.ts";

/** Creates the object, never adopts one that is there, and waits until it is ready. */
export async function create(kind: Kind, { inputs, preview }: CreateRequest, context: Context): Promise<ResourceState> {
  if (preview) return { id: "", outputs: await previewed(kind, inputs, context) };
  const { connection } = await clusterOf(context);
  const fieldManager = `pulumi-kubernetes-${randomBytes(4).toString("hex")}`;
  const options = { fieldManager, signal: context.signal };
  const created = await createObject(connection, kind, inputs, options);
  const id = idOf(placeOf(created));
  const owned = await takeOwnership(connection, kind, created, options);
  return await ready(kind, connection, owned, context, (live) => ({
    id,
    outputs: writtenOutputsOf(live, inputs, fieldManager),
  }));
}

/** What the API server would make of it; the inputs alone where it cannot say that yet. */
async function previewed(kind: Kind, inputs: PropertyMap, context: Context): Promise<PropertyMap> {
  if (!isKnown(inputs) || !isKnown(context.configuration)) return foretold(kind, inputs);
  const { connection } = await clusterOf(context);
  try {
    return withoutAddresses(kind, foretold(kind, await dryRunCreate(connection, kind, inputs, context.signal)));
  } catch (error) {
    // The same deployment may be about to create the namespace.
    if (isClusterError(error) && error.missing === "namespace") return foretold(kind, inputs);
    throw error;
  }
}

/** A dry run is given an address, too, but not the one that the creation will be given. */
function withoutAddresses({ decidedLater = [] }: Kind, outputs: PropertyMap): PropertyMap {
  const places = decidedLater.map((place) => place.split(".")).filter((place) => at(outputs, ...place) !== "None");
  return isPropertyMap(outputs.spec) ? withUnknownAt(outputs, places) : outputs;
}
