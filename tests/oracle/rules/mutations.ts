import fc from "fast-check";
import type { PropertyPath } from "../../../provider/values/path.ts";
import { isList, isPropertyMap, type PropertyMap, type Value } from "../../../provider/values/value.ts";
import { neighbourhood } from "./neighbourhood/neighbourhood.ts";

/** Something said otherwise: another value at a place, or none. */
export interface Mutation {
  readonly path: PropertyPath;
  readonly value: Value | undefined;
}

export function mutated(job: PropertyMap, mutations: readonly Mutation[]): PropertyMap {
  return mutations.reduce<Value>((said, { path, value }) => withValue(said, path, value), job) as PropertyMap;
}

/** One mutation of all that there are in the neighbourhood of the rules. */
export const someMutation: fc.Arbitrary<Mutation> = fc
  .constantFrom(...neighbourhood())
  .chain(([path, ...values]) => fc.constantFrom(undefined, ...values).map((value) => ({ path, value })));

/** The same in a manifest, where it is one of its fields that is said otherwise. */
export function inManifest({ path, value }: Mutation): Mutation | undefined {
  const [name] = path;
  if (["existingCluster", "runtimeEnv", "mounts", "secretEnv", "stage", "serviceAccountName"].includes(String(name)))
    return undefined;
  // Where a manifest names no namespace, kubectl does.
  if (name === "namespace" && value === undefined) return undefined;
  const isOfMetadata = ["name", "namespace", "labels", "annotations"].includes(String(name));
  return { path: [isOfMetadata ? "metadata" : "spec", ...path], value };
}

function withValue(said: Value | undefined, [first, ...rest]: PropertyPath, value: Value | undefined): Value {
  if (first === undefined) return value as Value;
  if (typeof first === "number") {
    const items = isList(said) ? [...said] : [];
    // A list has no holes.
    const index = Math.min(first, items.length);
    if (rest.length === 0 && value === undefined) return items.filter((_, each) => each !== index);
    items[index] = withValue(items[index], rest, value);
    return items;
  }
  const properties = isPropertyMap(said) ? said : {};
  if (rest.length > 0) return { ...properties, [first]: withValue(properties[first], rest, value) };
  const { [first]: _, ...others } = properties;
  return value === undefined ? others : { ...others, [first]: value };
}
