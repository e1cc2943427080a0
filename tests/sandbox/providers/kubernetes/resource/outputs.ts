import rpc from "@pulumi/pulumi/runtime/rpc.js";
import { isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../../../../../provider/values/value.ts";
import type { Kind } from "../kinds.ts";
import { at } from "../object.ts";

/** The state of an object: as it is on the cluster, without the list of who owns which field, and who we were for it. */
export function outputsOf(live: PropertyMap, fieldManager: string | undefined): PropertyMap {
  return { ...withoutManagedFields(live), ...(fieldManager !== undefined && { __fieldManager: fieldManager }) };
}

/**
 * The same after a write. What a Secret was given as `stringData` is marked where the API server has put it; Pulumi itself
 * marks outputs only where an input of the same name is a secret.
 */
export function writtenOutputsOf(live: PropertyMap, inputs: PropertyMap, fieldManager: string): PropertyMap {
  const outputs = outputsOf(live, fieldManager);
  const { data } = outputs;
  if (!isPropertyMap(inputs.stringData) || !isPropertyMap(data)) return outputs;
  const marked = Object.keys(inputs.stringData).map((name) => [name, secretOf(data[name] ?? null)]);
  return { ...outputs, data: { ...data, ...Object.fromEntries(marked) } };
}

/** What a preview can say: what the API server would store, without a status. */
export function foretold(kind: Kind, object: PropertyMap): PropertyMap {
  return { ...withoutManagedFields(object), ...(kind.properties.includes("status") && { status: UNKNOWN }) };
}

function withoutManagedFields(object: PropertyMap): PropertyMap {
  if (at(object, "metadata", "managedFields") === undefined) return object;
  const { managedFields: _, ...metadata } = object.metadata as PropertyMap;
  return { ...object, metadata };
}

function secretOf(value: Value): Value {
  return { [rpc.specialSigKey]: rpc.specialSecretSig, value };
}
