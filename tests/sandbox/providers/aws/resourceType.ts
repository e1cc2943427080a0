import { type PropertyMap, UNKNOWN, type Value } from "../../../../provider/values/value.ts";
import { samePolicy, sameSettings } from "./equivalence.ts";
import type { Kind } from "./kinds/kind.ts";
import { type Resource, schema } from "./schema.ts";

/** A type of resource: what the schema says of it, and what can be done with it. */
export interface ResourceType {
  readonly token: string;
  readonly spec: Resource;
  readonly kind: Kind;
}

export function resourceTypeOf(token: string, kind: Kind | undefined): ResourceType {
  const specs: Readonly<Record<string, Resource>> = schema.resources;
  const spec = specs[token];
  if (kind === undefined || spec === undefined) throw new Error(`Internal error: nothing is known of ${token}`);
  return { token, spec, kind };
}

/** What the schema fills in where the program says nothing. */
export function defaultsOf({ spec }: ResourceType): PropertyMap {
  const entries = Object.entries(spec.inputProperties).filter(([, property]) => property.default !== undefined);
  return Object.fromEntries(entries.map(([name, property]) => [name, property.default]));
}

/** The outputs that are not inputs, from what AWS told or, before there is anything, unknown. */
export function computedOf({ spec, kind }: ResourceType, found?: PropertyMap): PropertyMap {
  const isComputed = (name: string) => !Object.hasOwn(spec.inputProperties, name) || name === kind.autoName?.property;
  const names = Object.keys(spec.properties).filter(isComputed);
  return Object.fromEntries(names.map((name) => [name, found === undefined ? UNKNOWN : found[name]]));
}

/** Whether two values of an input mean the same to AWS. */
export function isSame({ kind }: ResourceType, name: string, one: Value | undefined, other: Value | undefined) {
  return kind.policies?.includes(name) ? samePolicy(one, other) : sameSettings(one, other);
}
