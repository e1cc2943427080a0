import { isDeepStrictEqual } from "node:util";
import { isPropertyMap, type PropertyMap, type Value, withoutNulls } from "../values/value.ts";
import type { RayJobArgs } from "./args.ts";
import { changeOf, classOf } from "./changes.ts";
import { withDefaults } from "./defaults.ts";
import { meaningOf } from "./meaning.ts";

/**
 * The JSON merge patch that brings a RayJob from its old arguments to the new ones, as far as that needs no re-run;
 * undefined when there is nothing to send. Only what has changed is in it: the rest may be someone else's by now, as
 * `suspend` is Kueue's.
 */
export function patchOf(oldInputs: PropertyMap, newInputs: PropertyMap): PropertyMap | undefined {
  const before = meaningOf(oldInputs);
  const after = meaningOf(newInputs);
  const changed = names.filter(
    (name) => classOf(name, before, after) === "inPlace" && !isDeepStrictEqual(before[name], after[name]),
  );
  if (changed.length === 0) return undefined;
  const said = withDefaults(newInputs);
  const part = (belongs: (name: keyof RayJobArgs) => boolean): PropertyMap =>
    Object.fromEntries(
      changed.filter(belongs).map((name) => [name, mergePatch(before[name], said[name] ?? empty[name])]),
    );
  return withoutEmpty({ metadata: part(inMetadata), spec: part(inSpec) });
}

const names = Object.keys(changeOf) as (keyof RayJobArgs)[];

// Deleting all of the user's labels must leave ours.
const empty: { readonly [Name in keyof RayJobArgs]?: PropertyMap } = { labels: {}, annotations: {} };

function inMetadata(name: keyof RayJobArgs): boolean {
  return Object.hasOwn(empty, name);
}

function inSpec(name: keyof RayJobArgs): boolean {
  return !inMetadata(name);
}

function withoutEmpty(patch: Readonly<Record<string, PropertyMap>>): PropertyMap {
  return Object.fromEntries(Object.entries(patch).filter(([, part]) => Object.keys(part).length > 0));
}

/** RFC 7396: names are merged at every depth, null deletes, and lists are replaced as a whole. */
function mergePatch(before: Value | undefined, after: Value | undefined): Value {
  if (!isPropertyMap(before) || !isPropertyMap(after)) return withoutNulls(after ?? null);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differing = names.filter((name) => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null));
  return Object.fromEntries(differing.map((name) => [name, mergePatch(before[name], after[name])]));
}
