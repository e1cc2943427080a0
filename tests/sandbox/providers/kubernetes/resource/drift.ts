import { isDeepStrictEqual } from "node:util";
import { isList, isPropertyMap, type PropertyMap, type Value } from "../../../../../provider/values/value.ts";
import type { Kind } from "../kinds.ts";
import { at } from "../object.ts";

/**
 * The inputs as the cluster has them now. What is there as it was when it was last written is the input as it was given,
 * even where the API server writes it in another way (`1000m` and `1`).
 */
export function driftedInputsOf(
  input: Value | undefined,
  written: Value | undefined,
  live: Value | undefined,
): Value | undefined {
  if (isPropertyMap(input)) return mapOf(input, withStringData(input, written), withStringData(input, live));
  if (isDeepStrictEqual(written, live)) return input;
  if (isList(input) && isList(written) && isList(live) && live.length === written.length) {
    return input.map((item, index) => driftedInputsOf(item, written[index], live[index]) ?? null);
  }
  return live;
}

/** The inputs of an object that was made by somebody else. */
export function importedInputsOf({ properties, ...kind }: Kind, live: PropertyMap): PropertyMap {
  const { name, namespace, labels, annotations } = live.metadata as PropertyMap;
  const metadata = definedOf({ name, namespace, labels, annotations });
  const rest = properties.filter((property) => property !== "status").map((property) => [property, live[property]]);
  return { apiVersion: kind.apiVersion, kind: kind.kind, metadata, ...definedOf(Object.fromEntries(rest)) };
}

function mapOf(input: PropertyMap, written: Value | undefined, live: Value | undefined): Value | undefined {
  if (live === undefined && written !== undefined) return undefined;
  return definedOf(
    Object.fromEntries(
      Object.entries(input).map(([name, item]) => [name, driftedInputsOf(item, at(written, name), at(live, name))]),
    ),
  );
}

/** A Secret gives back as `data`, encoded, what was written as `stringData`. */
function withStringData(input: PropertyMap, object: Value | undefined): Value | undefined {
  const data = at(object, "data");
  if (!isPropertyMap(input.stringData) || !isPropertyMap(object) || !isPropertyMap(data)) return object;
  const decoded = Object.entries(data)
    .filter((entry): entry is [string, string] => typeof entry[1] === "string")
    .map(([name, text]) => [name, Buffer.from(text, "base64").toString("utf8")]);
  return { ...object, stringData: Object.fromEntries(decoded) };
}

function definedOf(map: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(map).filter(([, item]) => item !== undefined));
}
