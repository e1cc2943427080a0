import { formatPath, type PropertyPath } from "./path.ts";
import { isList, isPropertyMap, type PropertyMap, type Value } from "./value.ts";

/** One place at which two values differ. */
export interface Difference {
  readonly path: PropertyPath;
  readonly kind: "add" | "update" | "delete";
}

/**
 * The smallest set of places that turn `before` into `after`, in the order of the properties' names.
 * A missing property and one that is null are the same; lists are compared position by position.
 */
export function differencesBetween(before: Value | undefined, after: Value | undefined): Difference[] {
  return compare([], before ?? undefined, after ?? undefined).sort((a, b) =>
    compareText(formatPath(a.path), formatPath(b.path)),
  );
}

function compare(path: PropertyPath, before: Value | undefined, after: Value | undefined): Difference[] {
  if (Object.is(before, after)) return [];
  if (before === undefined) return [{ path, kind: "add" }];
  if (after === undefined) return [{ path, kind: "delete" }];
  if (isList(before) && isList(after)) return compareEach(path, positionsOf(before), positionsOf(after), Number);
  if (isPropertyMap(before) && isPropertyMap(after)) return compareEach(path, before, after, String);
  return [{ path, kind: "update" }];
}

function compareEach(
  path: PropertyPath,
  before: PropertyMap,
  after: PropertyMap,
  element: (name: string) => string | number,
): Difference[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) =>
    compare([...path, element(name)], before[name] ?? undefined, after[name] ?? undefined),
  );
}

function positionsOf(list: readonly Value[]): PropertyMap {
  return Object.fromEntries(list.entries());
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
