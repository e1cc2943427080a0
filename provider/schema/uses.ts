import type { EnumSpec, ObjectSpec, PropertySpec, TypeSpec } from "./interfaces.ts";

/** A package's schema, as far as it says what is used where. */
export interface UsingSchema {
  readonly resources?: Readonly<Record<string, { inputProperties?: Properties; properties?: Properties }>>;
  readonly types?: Readonly<Record<string, ObjectSpec | EnumSpec>>;
}

export type Properties = Readonly<Record<string, PropertySpec>>;

/** Whether programs write a type, and whether they read it. */
export interface TypeUse {
  readonly in: boolean;
  readonly out: boolean;
}

/** The use of every type that resources lead to, by its token. */
export function useOf({ resources = {}, types = {} }: UsingSchema): ReadonlyMap<string, TypeUse> {
  const uses = new Map<string, TypeUse>();
  const visit = (properties: Properties, direction: keyof TypeUse): void => {
    for (const token of Object.values(properties).flatMap(referencesIn)) {
      const use = uses.get(token) ?? { in: false, out: false };
      if (use[direction]) continue;
      uses.set(token, { ...use, [direction]: true });
      const type = types[token];
      if (type?.type === "object") visit(type.properties, direction);
    }
  };
  for (const { inputProperties = {}, properties = {} } of Object.values(resources)) {
    visit(inputProperties, "in");
    visit(properties, "out");
  }
  return uses;
}

/** The tokens of the package's own types that a value can be made of. */
export function referencesIn({ $ref, items, additionalProperties, oneOf = [] }: TypeSpec): string[] {
  const own = $ref?.startsWith(ownTypes) ? [$ref.slice(ownTypes.length)] : [];
  return [...own, ...[items, additionalProperties, ...oneOf].flatMap((type) => (type ? referencesIn(type) : []))];
}

/** What a token, or a reference to one, ends with: `RayJob` of `rayjob:index:RayJob`. */
export function nameOf(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}

/** What a reference to one of the package's own types starts with. */
export const ownTypes = "#/types/";
