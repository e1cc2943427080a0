import type { Document } from "yaml";
import { documentsIn, type Reader } from "../job/yaml.ts";
import { messageOf } from "../values/messageOf.ts";
import type { PropertyPath } from "../values/path.ts";
import { isList, isPropertyMap, type PropertyMap } from "../values/value.ts";
import { aliasOfItself, objectAsName, offsetOf } from "./offset.ts";
import { type Source, UnreadableError } from "./source.ts";

/** One document of a YAML or JSON text, which is an object, and where its parts are. */
export interface ReadDocument {
  readonly value: PropertyMap;
  /** The place of a property, or of the closest one around it that is there; lines and columns start at 1. */
  placeOf(path: PropertyPath): { readonly line: number; readonly column: number };
}

/**
 * The documents of a text, without empty ones; the objects of a list, and of JSON one after the other, count as such. Throws an
 * UnreadableError, with the place, for what is no YAML of objects.
 */
export function documentsOf({ name, text }: Source, reader: Reader = "kubernetes"): ReadDocument[] {
  const { documents, lines } = documentsIn(text, reader);
  const parts = documents.some(({ errors }) => errors.length > 0) ? jsonTextsIn(text) : [];
  if (parts.length < 2) return documents.flatMap((document) => objectsOf(document, 0));
  return parts.flatMap((part) =>
    documentsIn(part.text, reader).documents.flatMap((document) => objectsOf(document, part.start)),
  );

  function objectsOf(document: Document.Parsed, start: number): ReadDocument[] {
    const value = readFrom(document, (offset, problem) => refuse(start + offset, problem));
    if (value === null) return [];
    const placeOf = (path: PropertyPath) => placeAt(start + offsetOf(document, path));
    if (isPropertyMap(value)) return [{ value, placeOf }];
    if (isList(value) && value.every(isPropertyMap))
      return value.map((each, index) => ({ value: each, placeOf: (path) => placeOf([index, ...path]) }));
    throw refuse(
      start + (document.contents?.range[0] ?? document.range[0]),
      "an object is expected, such as a manifest",
    );
  }

  function placeAt(offset: number) {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  }

  function refuse(offset: number, problem: string): UnreadableError {
    const { line, column } = placeAt(offset);
    return new UnreadableError(`${name}:${line}:${column}: cannot read it: ${problem}`);
  }
}

/** The JSON objects and lists that make up a text without anything between them, as `jq -c` prints them; none if it is another text. */
function jsonTextsIn(text: string): { readonly text: string; readonly start: number }[] {
  const found: { text: string; start: number }[] = [];
  let [depth, start] = [0, 0];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\[\s\S])*"|[{}[\]]|[^\s"{}[\]]+/g)) {
    const opens = token === "{" || token === "[";
    if (depth === 0 && !opens) return [];
    if (depth === 0) start = index;
    if (opens) depth++;
    else if (token === "}" || token === "]") depth--;
    if (depth === 0) found.push({ text: text.slice(start, index + 1), start });
  }
  return depth === 0 ? found : [];
}

function readFrom(document: Document.Parsed, refuse: (offset: number, problem: string) => UnreadableError) {
  const [error] = document.errors;
  if (error !== undefined) throw refuse(error.pos[0], firstLine(error.message));
  const misplaced = objectAsName(document);
  if (misplaced !== undefined) throw refuse(misplaced, "a name must be a text (render templates first)");
  const endless = aliasOfItself(document);
  if (endless !== undefined) throw refuse(endless, "an alias stands for something that it is inside of");
  try {
    return document.toJS() as PropertyMap[string] | null;
  } catch (failure) {
    throw refuse(document.range[0], firstLine(messageOf(failure)));
  }
}

function firstLine(message: string): string {
  return (message.split("\n", 1)[0] ?? "").replace(/ at line \d+, column \d+:$/, "");
}
