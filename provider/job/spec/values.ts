import type { PropertyPath } from "../../values/path.ts";
import { isList, isPropertyMap, type PropertyMap, type Value } from "../../values/value.ts";
import { type FieldType, type KubeRayFields, typeOf } from "./fields.ts";

/** A value somewhere in the spec of a RayJob, with what the CRDs say of it. */
export interface TypedValue {
  readonly value: Value;
  readonly type: FieldType;
  readonly path: PropertyPath;
}

/** All values of a spec that the CRDs say something of, the outer ones first. */
export function typedValues(spec: PropertyMap, { types, root }: KubeRayFields): readonly TypedValue[] {
  return inside(spec, root, []);

  function inside(value: Value | undefined, index: number, path: PropertyPath): readonly TypedValue[] {
    const type = types[index];
    if (type === undefined || value === undefined || value === null) return [];
    const parts = isList(value) ? [...value.entries()] : isPropertyMap(value) ? Object.entries(value) : [];
    return [
      { value, type, path },
      ...parts.flatMap(([element, part]) => inside(part, typeOfPart(type, element), [...path, element])),
    ];
  }
}

function typeOfPart({ fields = {}, of = -1 }: FieldType, element: string | number): number {
  return Object.hasOwn(fields, element) ? typeOf(fields[element]) : of;
}
