import type { PropertySpec } from "../../../provider/schema/interfaces.ts";
import type { DescribedSchema } from "../../../provider/schema/page/page.ts";
import type { Properties } from "../../../provider/schema/uses.ts";
import type { PropertyPath } from "../../../provider/values/path.ts";
import { isList, isPropertyMap, type PropertyMap, type Value } from "../../../provider/values/value.ts";
import { argumentTypes } from "./packageSpec.ts";

/** A place in a sample, and the part of the schema that it is a sample of. */
export interface Place {
  /** `RayJob.entrypoint`, `Mount.readOnly`, `WaitFor=complete`. */
  readonly part: string;
  readonly path: PropertyPath;
  readonly property: PropertySpec;
}

/** Every part of the schema that a program can write: the arguments of the resources, of the types in them, and words. */
export function writableParts(spec: DescribedSchema): string[] {
  const arguments_ = Object.entries(spec.resources).flatMap(([token, { inputProperties }]) =>
    Object.keys(inputProperties).map((name) => partOf(token, name)),
  );
  const inside = argumentTypes(spec).flatMap((token) => {
    const type = spec.types[token];
    if (type?.type === "object") return Object.keys(type.properties).map((name) => partOf(token, name));
    return (type?.enum ?? []).map(({ value }) => wordOf(token, value));
  });
  return [...arguments_, ...inside];
}

/** The places of a sample that the schema knows. */
export function placesIn(inputs: PropertyMap, token: string, spec: DescribedSchema): Place[] {
  return ofObject(inputs, token, spec.resources[token]?.inputProperties ?? {}, [], spec);
}

function ofObject(
  value: PropertyMap,
  token: string,
  properties: Properties,
  path: PropertyPath,
  spec: DescribedSchema,
) {
  return Object.entries(value).flatMap(([name, each]): Place[] => {
    const property = properties[name];
    if (property === undefined) return [];
    const inside = [...path, name];
    return [{ part: partOf(token, name), path: inside, property }, ...ofValue(each, property, inside, spec)];
  });
}

function ofValue(value: Value | undefined, type: PropertySpec, path: PropertyPath, spec: DescribedSchema): Place[] {
  const { $ref, items, additionalProperties, oneOf } = type;
  if (oneOf !== undefined) return oneOf.flatMap((each) => ofValue(value, each, path, spec));
  if ($ref !== undefined) return ofReference(value, $ref.slice("#/types/".length), type, path, spec);
  if (isList(value) && items) return value.flatMap((each, index) => ofValue(each, items, [...path, index], spec));
  if (!isPropertyMap(value) || !additionalProperties) return [];
  return Object.entries(value).flatMap(([name, each]) => ofValue(each, additionalProperties, [...path, name], spec));
}

function ofReference(
  value: Value | undefined,
  token: string,
  property: PropertySpec,
  path: PropertyPath,
  spec: DescribedSchema,
): Place[] {
  const type = spec.types[token];
  if (type?.type === "object") return isPropertyMap(value) ? ofObject(value, token, type.properties, path, spec) : [];
  const word = type?.enum.find((each) => each.value === value);
  return word === undefined ? [] : [{ part: wordOf(token, word.value), path, property }];
}

function partOf(token: string, name: string): string {
  return `${nameOf(token)}.${name}`;
}

function wordOf(token: string, value: string): string {
  return `${nameOf(token)}=${value}`;
}

function nameOf(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}
