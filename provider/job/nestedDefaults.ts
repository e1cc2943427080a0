import { isDeepStrictEqual } from "node:util";
import { isList, isPropertyMap, type PropertyMap, type Value } from "../values/value.ts";
import type { RayJobArgs } from "./args.ts";

/**
 * What KubeRay's CRD fills in inside of arguments, and what KubeRay and Ray do there when nothing is said. `*` stands for
 * every element of a list.
 */
const nestedDefaults: readonly (readonly [path: `${keyof RayJobArgs}.${string}`, value: Value])[] = [
  ["deletionStrategy.deletionRules.*.condition.ttlSeconds", 0],
];

/** The arguments without what a default inside of them says anyway. */
export function withoutNestedDefaults(inputs: PropertyMap): PropertyMap {
  return nestedDefaults.reduce<Value>(
    (said, [path, value]) => without(said, path.split("."), value),
    inputs,
  ) as PropertyMap;
}

function without(said: Value, [step = "", ...rest]: readonly string[], value: Value): Value {
  if (step === "*") return isList(said) ? said.map((each) => without(each, rest, value)) : said;
  const inside = isPropertyMap(said) ? said[step] : undefined;
  if (!isPropertyMap(said) || inside === undefined || inside === null) return said;
  if (rest.length > 0) return { ...said, [step]: without(inside, rest, value) };
  const { [step]: _, ...others } = said;
  return isDeepStrictEqual(inside, value) ? others : said;
}
