/** Stands for a value that is not known yet: an output of a resource that a preview has not created. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** What a property can hold once the protocol's wrappers (secrets, outputs) are taken off. */
export type Value = null | boolean | number | string | typeof UNKNOWN | readonly Value[] | PropertyMap;

/** A resource's inputs or outputs, or any object inside them. */
export interface PropertyMap {
  readonly [name: string]: Value | undefined;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isPropertyMap(value: Value | undefined): value is PropertyMap {
  return typeof value === "object" && value !== null && !isList(value);
}

/** The value if it is an object, else an object without properties. */
export function mapOf(value: Value | undefined): PropertyMap {
  return isPropertyMap(value) ? value : {};
}

/** The value if it is a list, else an empty one. */
export function listOf(value: Value | undefined): readonly Value[] {
  return isList(value) ? value : [];
}

/** The properties of an object, in the order of their names. */
export function sortedEntries(value: PropertyMap): [name: string, value: Value | undefined][] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** True when nothing in the value, at any depth, is unknown. */
export function isKnown(value: Value | undefined): boolean {
  if (value === UNKNOWN) return false;
  if (isList(value)) return value.every(isKnown);
  return !isPropertyMap(value) || Object.values(value).every(isKnown);
}

/**
 * The value without the properties that are null or undefined, at any depth: SDKs send them for what is not set, and the
 * API server drops them.
 */
export function withoutNulls<Kind extends Value>(value: Kind): Kind;
export function withoutNulls(value: Value): Value {
  if (isList(value)) return value.map((each) => withoutNulls(each));
  if (!isPropertyMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) =>
      each === undefined || each === null ? [] : [[name, withoutNulls(each)]],
    ),
  );
}

/** The value at the path inside of a value; undefined where there is none. */
export function valueAt(value: Value | undefined, path: readonly (string | number)[]): Value | undefined {
  return path.reduce<Value | undefined>((inside, element) => {
    if (isList(inside)) return inside[Number(element)];
    return isPropertyMap(inside) ? inside[element] : undefined;
  }, value);
}

/** The object with another value at the path, whose objects are there. */
export function withValueAt(
  value: PropertyMap,
  [name = "", ...rest]: readonly (string | number)[],
  at: Value,
): PropertyMap {
  const copy: Record<string, Value | undefined> = { ...value };
  copy[name] = rest.length === 0 ? at : withValueAt(mapOf(value[name]), rest, at);
  return copy;
}

/** A number that is whole: the schema, and with it every SDK, calls it an integer. */
export type Integer = number;

/** The value with UNKNOWN at each of the paths. */
export function withUnknownAt(value: PropertyMap, paths: readonly (readonly (string | number)[])[]): PropertyMap {
  return paths.reduce<Value>(obscure, value) as PropertyMap;
}

function obscure(value: Value, [first, ...rest]: readonly (string | number)[]): Value {
  if (first === undefined) return UNKNOWN;
  if (isList(value)) return value.map((item, index) => (index === first ? obscure(item, rest) : item));
  if (!isPropertyMap(value)) return value;
  const copy: Record<string, Value | undefined> = { ...value };
  copy[first] = obscure(value[first] ?? null, rest);
  return copy;
}
