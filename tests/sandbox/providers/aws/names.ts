import { randomBytes } from "node:crypto";
import type { CheckFailure } from "../../../../provider/server/customResource.ts";
import { type PropertyMap, UNKNOWN } from "../../../../provider/values/value.ts";

/** How the official plug-in names what the program does not name. */
export interface AutoName {
  readonly property: string;
  /** The property that takes its place: AWS's name then is this and something unique, made when it is created. */
  readonly prefix?: string;
  readonly longest: number;
  readonly lowerCase?: true;
}

/** The inputs with a name: what the program says, else what was generated before, else `<name in the program>-<7 hex digits>`. */
export function named(inputs: PropertyMap, oldInputs: PropertyMap, logicalName: string, rule: AutoName): PropertyMap {
  const { property, prefix, lowerCase } = rule;
  const given = inputs[property] ?? (prefix === undefined ? undefined : inputs[prefix]);
  if (given !== undefined && given !== null) return inputs;
  const stem = lowerCase ? logicalName.toLowerCase() : logicalName;
  return { ...inputs, [property]: oldInputs[property] ?? `${stem}-${randomBytes(4).toString("hex").slice(0, 7)}` };
}

export function nameFailures(inputs: PropertyMap, { property, longest }: AutoName): CheckFailure[] {
  const name = inputs[property];
  if (typeof name !== "string" || name.length <= longest) return [];
  return [
    { path: [property], reason: `"${name}" has ${name.length} characters, more than the ${longest} that are allowed` },
  ];
}

/** True when the program itself fixes the name, so that there cannot be an old and a new one side by side. */
export function isFixedName(inputs: PropertyMap, logicalName: string, { property, lowerCase }: AutoName): boolean {
  const name = inputs[property];
  if (name === undefined || name === UNKNOWN) return false;
  const stem = lowerCase ? logicalName.toLowerCase() : logicalName;
  return typeof name !== "string" || !name.startsWith(`${stem}-`) || !/^[0-9a-f]{7}$/.test(name.slice(stem.length + 1));
}

/** A name that nobody has yet, as AWS resources with a prefix get them. */
export function uniqueName(prefix: string): string {
  return `${prefix}${new Date().toISOString().replaceAll(/\D/g, "")}${randomBytes(4).toString("hex")}`;
}
