import type { TypeSpec } from "../interfaces.ts";
import { nameOf, ownTypes } from "../uses.ts";

/** What a value is, in the words of the pages: `list of texts`, with a link to what is told further down. */
export function typeWords(type: TypeSpec): string {
  const word = wordOf(type);
  return word === undefined ? wordsOf(type, "one") : `one of ${linkTo(word)}`;
}

/** A link to the section of a resource or a type. */
export function linkTo(token: string): string {
  const name = nameOf(token);
  return `[\`${name}\`](#${name.toLowerCase()})`;
}

type Count = "one" | "many";

const plain: Readonly<Record<string, Readonly<Record<Count, string>>>> = {
  string: { one: "text", many: "texts" },
  integer: { one: "integer", many: "integers" },
  number: { one: "number", many: "numbers" },
  boolean: { one: "true or false", many: "true or false" },
  "pulumi.json#/Archive": { one: "archive", many: "archives" },
  "pulumi.json#/Any": { one: "anything", many: "anything" },
};

function wordsOf(type: TypeSpec, count: Count): string {
  const { $ref, items, additionalProperties, oneOf } = type;
  const word = wordOf(type);
  if (word !== undefined) return linkTo(word);
  if (oneOf !== undefined) return choice(oneOf.map((each) => wordsOf(each, count)));
  if (items !== undefined) return `list of ${wordsOf(items, "many")}`;
  if (additionalProperties !== undefined) return `map of ${wordsOf(additionalProperties, "many")}`;
  return plain[$ref ?? type.type ?? ""]?.[count] ?? referenceTo($ref);
}

// The last comma tells a list, or something else, from a list of either.
function choice(words: readonly string[]): string {
  return words.length === 2 ? words.join(" or ") : `${words.slice(0, -1).join(", ")}, or ${words.at(-1)}`;
}

/** The type of the words that a text is best one of. */
function wordOf({ type, oneOf }: TypeSpec): string | undefined {
  return type === "string" ? oneOf?.find(({ $ref }) => $ref !== undefined)?.$ref : undefined;
}

function referenceTo(reference: string | undefined): string {
  if (reference?.startsWith(ownTypes)) return linkTo(reference);
  if (reference?.startsWith("/kubernetes/")) return `Kubernetes' \`${nameOf(reference)}\``;
  throw new Error(`There is no word for the type ${reference}`);
}
