import { createRequire } from "node:module";
import type { Document, LineCounter, Tags } from "yaml";
import { isPropertyMap, type PropertyMap, sortedEntries, type Value } from "../values/value.ts";

/** The value as YAML in block style, its names sorted at every depth, for readers of YAML 1.1 and 1.2 alike. */
export function yamlOf(value: PropertyMap): string {
  const text = yaml().stringify(value, { ...readByAll, sortMapEntries: true });
  return awkward.test(text) ? escapedJsonOf(value) : text;
}

/** A manifest as YAML in block style, its names in the order that they have, for the same readers. */
export function manifestText(manifest: PropertyMap): string {
  const document = new (yaml().Document)(manifest, readByAll);
  yaml().visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === "string" && awkward.test(scalar.value)) scalar.type = "QUOTE_DOUBLE";
    },
  });
  return withEscapes(document.toString(readByAll));
}

const readByAll = {
  compat: "yaml-1.1", // to KubeRay a plain `no` is false
  lineWidth: 0,
  aliasDuplicateObjects: false,
} as const;

// To YAML 1.1 these end a line or are no text at all, and the library writes them as they are.
const awkward = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;

/** The value as JSON, which is YAML, too, and in which every character can be an escape. */
function escapedJsonOf(value: PropertyMap): string {
  const json = JSON.stringify(value, (_, each: Value) =>
    isPropertyMap(each) ? Object.fromEntries(sortedEntries(each)) : each,
  );
  return withEscapes(json);
}

/** A text that has these characters in double quotes alone. */
function withEscapes(text: string): string {
  const all = new RegExp(awkward, "g");
  return text.replaceAll(all, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** What a YAML text says to KubeRay, or undefined when it is not one well-formed mapping. */
export function mappingOf(text: string): PropertyMap | undefined {
  if (notRead.test(text)) return undefined;
  const document = yaml().parseDocument(text, asKubeRay);
  if (document.errors.length > 0 || !hasJsonKeys(document)) return undefined;
  try {
    const value: unknown = document.toJS();
    return isPropertyMap(value as Value) && isFiniteThroughout(value) ? (value as PropertyMap) : undefined;
  } catch {
    return undefined;
  }
}

// Control characters, and documents that call themselves of another version.
// biome-ignore lint/suspicious/noControlCharactersInRegex: KubeRay refuses exactly these.
const notRead = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|^%YAML\s+(?!1\.1\s)/m;

/** KubeRay makes JSON of it, in which names are texts. */
function hasJsonKeys(document: Document): boolean {
  let all = true;
  yaml().visit(document, {
    Pair: (_, { key }) => {
      all &&= yaml().isAlias(key) || (yaml().isScalar(key) && key.value !== null);
    },
  });
  return all;
}

/** JSON knows neither infinity nor what is no number. */
function isFiniteThroughout(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value !== "object" || value === null || Object.values(value).every(isFiniteThroughout);
}

/** Who reads a YAML text: `on` is true to Kubernetes, and a word to Pulumi. */
export type Reader = "kubernetes" | "pulumi";

/** The documents of a YAML or JSON text, with the places of their nodes, as they are to this reader. */
export function documentsIn(
  text: string,
  reader: Reader,
): {
  readonly documents: readonly Document.Parsed[];
  readonly lines: LineCounter;
} {
  const lines = new (yaml().LineCounter)();
  const options = reader === "pulumi" ? asPulumi : asKubeRay;
  const documents = yaml().parseAllDocuments(text, { ...options, lineCounter: lines });
  return { documents: "empty" in documents ? [] : documents, lines };
}

const asKubeRay = {
  version: "1.1",
  customTags: (tags: Tags) => tags.filter(isKnownToKubeRay).map(asKubeRayReads),
  logLevel: "error",
} as const;

const asPulumi = { ...asKubeRay, customTags: (tags: Tags) => asKubeRay.customTags(tags).map(asPulumiReads) };

// KubeRay reads YAML 1.1, except that times and dates are texts to it (go-yaml, resolve.go).
function isKnownToKubeRay(tag: Tags[number]): boolean {
  return typeof tag === "string" || !(("format" in tag && tag.format === "TIME") || tag.tag.endsWith(":timestamp"));
}

// A dot alone, such as the directory, is a number to the library, but not to KubeRay.
function asKubeRayReads(tag: Tags[number]): Tags[number] {
  if (typeof tag === "string" || !("resolve" in tag) || tag.collection !== undefined || !tag.test?.test("."))
    return tag;
  return { ...tag, test: /^[-+]?(?:\d[\d_]*\.[\d_]*|\.[\d_]*\d[\d_]*)$/ };
}

// Pulumi's YAML takes of YAML 1.1's words for yes and no these alone (go-yaml 3, resolve.go).
function asPulumiReads(tag: Tags[number]): Tags[number] {
  if (typeof tag === "string" || !("resolve" in tag) || tag.collection !== undefined || !tag.tag.endsWith(":bool"))
    return tag;
  return { ...tag, test: tag.test?.test("true") ? /^(?:true|True|TRUE)$/ : /^(?:false|False|FALSE)$/ };
}

// Loaded when first needed: it takes longer than a preview of a job that has no YAML in it.
function yaml(): typeof import("yaml") {
  loaded ??= createRequire(import.meta.url)("yaml") as typeof import("yaml");
  return loaded;
}

let loaded: typeof import("yaml") | undefined;
