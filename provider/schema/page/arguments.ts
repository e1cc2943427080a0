import { isDeepStrictEqual } from "node:util";
import type { PropertySpec } from "../interfaces.ts";
import type { Properties } from "../uses.ts";
import { linkTo, typeWords } from "./typeWords.ts";

/** What is written or read in one place: the arguments of a resource, its outputs, the properties of a type. */
export interface Members {
  readonly properties: Properties;
  readonly required?: readonly string[] | undefined;
}

/** A list of what a program writes. */
export function argumentList({ properties, required = [] }: Members): string {
  return list(properties, (name) => (required.includes(name) ? ["required"] : []));
}

/** A list of what a program reads. */
export function outputList({ properties, required = [] }: Members): string {
  return list(properties, (name) => (required.includes(name) ? [] : ["may be absent"]));
}

/** The same, of which most is told with a resource that takes it word for word; undefined where there is no such resource. */
export function differenceList(own: Members, resources: Readonly<Record<string, Members>>): string | undefined {
  const names = Object.keys(own.properties);
  const model = Object.entries(resources).find(([, resource]) => {
    return names.filter((name) => isSame(name, own, resource)).length > names.length / 2;
  });
  if (model === undefined) return undefined;
  const [token, resource] = model;
  const missing = Object.keys(resource.properties).filter((name) => !names.includes(name));
  const but = missing.length === 0 ? "" : ` but ${missing.map((name) => `\`${name}\``).join(", ")}`;
  const differing = Object.entries(own.properties).filter(([name]) => !isSame(name, own, resource));
  const theirs = `All arguments of ${linkTo(token)}${but}`;
  if (differing.length === 0) return `${theirs}.\n`;
  return `${theirs}. Of its own:\n\n${argumentList({ ...own, properties: Object.fromEntries(differing) })}`;
}

/** Whether a change replaces the resource is Pulumi's business where there is one; the description says what it does. */
function isSame(name: string, one: Members, other: Members): boolean {
  const [mine, theirs] = [one, other].map(({ properties, required = [] }) => {
    const { willReplaceOnChanges: _replaced, ...property } = properties[name] ?? {};
    return { property, isRequired: required.includes(name) };
  });
  return isDeepStrictEqual(mine, theirs);
}

function list(properties: Properties, marksOf: (name: string) => readonly string[]): string {
  return Object.entries(properties)
    .map(([name, property]) => item(name, property, marksOf(name)))
    .join("");
}

function item(name: string, property: PropertySpec, marks: readonly string[]): string {
  const { description = "", secret = false, deprecationMessage } = property;
  const all = [
    typeWords(property),
    ...marks,
    ...(secret ? ["secret"] : []),
    ...(deprecationMessage ? ["deprecated"] : []),
  ];
  const text = deprecationMessage === undefined ? description : `${description} ${deprecationMessage}`;
  return `- **\`${name}\`** (${all.join(", ")}): ${text.replaceAll(/\n(?!\n)/g, "\n  ")}\n`;
}
