import { isPropertyMap, type PropertyMap, type Value } from "../../../../provider/values/value.ts";
import type { Kind } from "./kinds.ts";

/** What lies at a path, given name by name; undefined where there is nothing. */
export function at(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((inner, name) => (isPropertyMap(inner) ? inner[name] : undefined), value);
}

/** The same for a text; anything else counts as nothing. */
export function textAt(value: Value | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** The same for a number. */
export function numberAt(value: Value | undefined, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === "number" ? found : undefined;
}

/** The maps of a list; undefined and strangers count as an empty list. */
export function mapsAt(value: Value | undefined, ...path: readonly string[]): readonly PropertyMap[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isPropertyMap) : [];
}

export function annotationOf(object: Value | undefined, name: string): string | undefined {
  return textAt(object, "metadata", "annotations", name);
}

/** Which object of its kind. */
export interface Place {
  readonly namespace?: string | undefined;
  readonly name: string;
}

export function placeOf(object: PropertyMap): Place {
  return { namespace: textAt(object, "metadata", "namespace"), name: textAt(object, "metadata", "name") ?? "" };
}

/** The ID that Pulumi's state has: `namespace/name`, or the name of what has no namespace. */
export function idOf({ namespace, name }: Place): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

export function placeOfId(id: string, { namespaced }: Kind): Place {
  const [first = "", ...rest] = id.split("/");
  if (!namespaced) return { name: id };
  return rest.length === 0 ? { namespace: "default", name: first } : { namespace: first, name: rest.join("/") };
}
