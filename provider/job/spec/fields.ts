/** What KubeRay's CRDs say of the fields of a RayJob's spec, in all versions that this package knows. */
export interface KubeRayFields {
  /** The oldest first. */
  readonly versions: readonly string[];
  /** The index of the spec's own type. */
  readonly root: number;
  /** Equal types are one, such as that of all pod templates. */
  readonly types: readonly FieldType[];
}

/** What a field takes. */
export interface FieldType {
  readonly type:
    | "string"
    | "integer"
    | "number"
    | "boolean"
    | "list"
    | "map"
    | "object"
    | "integerOrString"
    | "quantity"
    | "any";
  /** Of an object, by name. */
  readonly fields?: Readonly<Record<string, Field>>;
  /** The names of fields that an object must have. */
  readonly required?: readonly string[];
  /** The index of the type of a list's elements or a map's values. */
  readonly of?: number;
  /** What the elements of a list are told apart by, each with the value that it has where it is left out. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly enum?: readonly string[];
  readonly minimum?: number;
}

/** The index of a field's type, alone for a field that every version has, else with the first version that has it. */
export type Field = number | readonly [type: number, since: string];

/** The index of the type of a field. */
export function typeOf(field: Field | undefined): number {
  if (field === undefined) throw new Error("Internal error: KubeRay has no such field");
  return typeof field === "number" ? field : field[0];
}

/** The first version that has a field, where not all do. */
export function sinceOf(field: Field): string | undefined {
  return typeof field === "number" ? undefined : field[1];
}
