import type { DiffRequest, DiffResult } from "../../../../provider/server/customResource.ts";
import { differencesBetween } from "../../../../provider/values/difference.ts";
import type { PropertyMap } from "../../../../provider/values/value.ts";
import { samePolicy } from "./equivalence.ts";
import { isFixedName } from "./names.ts";
import { defaultsOf, isSame, type ResourceType } from "./resourceType.ts";

/** What the program has changed, and whether AWS can change it on what is there. */
export function diff(type: ResourceType, { name, oldInputs, newInputs }: DiffRequest): DiffResult {
  const { kind, spec } = type;
  const same = (kind.policies ?? []).filter((policy) => samePolicy(oldInputs[policy], newInputs[policy]));
  const changes = differencesBetween(oldInputs, newInputs)
    .map((difference) => ({ ...difference, first: String(difference.path[0]) }))
    .filter(({ first }) => !same.includes(first))
    .map(({ first, ...difference }) => ({
      ...difference,
      replaces: spec.inputProperties[first]?.willReplaceOnChanges === true,
      of: "inputs" as const,
    }));
  return { changes, deleteBeforeReplace: keepsItsName(type, name, oldInputs, newInputs) };
}

/** The inputs as the program gave them, except where AWS has something else by now. */
export function driftedInputsOf(type: ResourceType, inputs: PropertyMap, found: PropertyMap): PropertyMap {
  const { kind, spec } = type;
  const drifted = Object.keys(spec.inputProperties)
    .filter((name) => Object.hasOwn(found, name) && !isSame(type, name, inputs[name], found[name]))
    // AWS has made the name from a prefix.
    .filter((name) => inputs[name] !== undefined || name !== kind.autoName?.property);
  return withoutUndefined({ ...inputs, ...Object.fromEntries(drifted.map((name) => [name, found[name]])) });
}

/** The inputs that a program would have given to make what is there. */
export function importedInputsOf(type: ResourceType, found: PropertyMap, region: string): PropertyMap {
  const { inputProperties } = type.spec;
  const inputs = { ...defaultsOf(type), region, ...withoutUndefined(found) };
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => Object.hasOwn(inputProperties, name)));
}

function keepsItsName({ kind }: ResourceType, logicalName: string, oldInputs: PropertyMap, newInputs: PropertyMap) {
  if (kind.autoName === undefined) return false;
  const { property } = kind.autoName;
  return oldInputs[property] === newInputs[property] && isFixedName(newInputs, logicalName, kind.autoName);
}

function withoutUndefined(map: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));
}
