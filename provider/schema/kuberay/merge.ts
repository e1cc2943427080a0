import { isDeepStrictEqual } from "node:util";
import type { Field, FieldType, KubeRayFields } from "../../job/spec/fields.ts";

/** The part of a CRD's schema that says what a field takes. */
export interface OpenApiSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly required?: readonly string[];
  readonly items?: OpenApiSchema;
  readonly additionalProperties?: OpenApiSchema | boolean;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly default?: unknown;
  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
}

export interface VersionedSchema {
  readonly version: string;
  readonly schema: OpenApiSchema;
}

/** The fields of all versions, the oldest first: a field has the type that the newest version gives it. */
export function fieldsOf(versions: readonly VersionedSchema[]): KubeRayFields {
  const types = new Types(versions.map(({ version }) => version));
  const root = types.indexOf(versions);
  return { versions: types.versions, root, types: types.all };
}

class Types {
  readonly versions: readonly string[];
  readonly all: FieldType[] = [];
  readonly #indexes = new Map<string, number>();

  constructor(versions: readonly string[]) {
    this.versions = versions;
  }

  /** The index of the type that a field has in these versions. */
  indexOf(schemas: readonly VersionedSchema[]): number {
    const type = this.#typeOf(schemas);
    const key = JSON.stringify(type);
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    this.#indexes.set(key, this.all.length);
    return this.all.push(type) - 1;
  }

  #typeOf(schemas: readonly VersionedSchema[]): FieldType {
    const newest = schemas.at(-1)?.schema ?? {};
    const limits = {
      ...(newest.enum ? { enum: newest.enum } : {}),
      ...(newest.minimum === undefined ? {} : { minimum: newest.minimum }),
    };
    // Of these it is amounts that have a pattern.
    if (newest["x-kubernetes-int-or-string"])
      return { type: newest.pattern === undefined ? "integerOrString" : "quantity" };
    if (newest.properties) return this.#objectOf(schemas);
    if (newest.type === "array")
      return { type: "list", of: this.#inside(schemas, ({ items }) => items), ...keysIn(schemas) };
    if (typeof newest.additionalProperties === "object") return { type: "map", of: this.#inside(schemas, valuesOf) };
    if (newest["x-kubernetes-preserve-unknown-fields"] || newest.type === undefined) return { type: "any" };
    if (newest.type === "object") return { type: "any" };
    return { type: newest.type as FieldType["type"], ...limits };
  }

  #objectOf(schemas: readonly VersionedSchema[]): FieldType {
    const names = new Set(schemas.flatMap(({ schema }) => Object.keys(schema.properties ?? {})));
    const fields = [...names].sort().map((name): [string, Field] => {
      const having = partsOf(schemas, ({ properties }) => properties?.[name]);
      const type = this.indexOf(having);
      const since = having[0]?.version ?? "";
      return [name, having.length === schemas.length ? type : [type, since]];
    });
    // What one version requires and another does not is left to the cluster, and what it fills in is not required of anybody.
    const required = [...names].filter((name) =>
      schemas.every(
        ({ schema }) => schema.required?.includes(name) && schema.properties?.[name]?.default === undefined,
      ),
    );
    return {
      type: "object",
      fields: Object.fromEntries(fields),
      ...(required.length > 0 ? { required: required.sort() } : {}),
    };
  }

  #inside(schemas: readonly VersionedSchema[], part: (schema: OpenApiSchema) => OpenApiSchema | undefined): number {
    return this.indexOf(partsOf(schemas, part));
  }
}

/** What the elements of a list are told apart by, if they are in every version. */
function keysIn(schemas: readonly VersionedSchema[]): Pick<FieldType, "keys"> {
  const [keys, ...others] = schemas.map(({ schema }) => keysOf(schema));
  return keys !== undefined && others.every((other) => isDeepStrictEqual(keys, other)) ? { keys } : {};
}

function keysOf({ items, ...list }: OpenApiSchema): FieldType["keys"] {
  const names = list["x-kubernetes-list-map-keys"];
  return names && Object.fromEntries(names.map((name) => [name, String(items?.properties?.[name]?.default ?? "")]));
}

function valuesOf({ additionalProperties }: OpenApiSchema): OpenApiSchema | undefined {
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}

function partsOf(
  schemas: readonly VersionedSchema[],
  part: (schema: OpenApiSchema) => OpenApiSchema | undefined,
): VersionedSchema[] {
  return schemas.flatMap(({ version, schema }) => {
    const inside = part(schema);
    return inside === undefined ? [] : [{ version, schema: inside }];
  });
}
