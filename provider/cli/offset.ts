import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  visit,
} from "yaml";
import type { PropertyPath } from "../values/path.ts";

/**
 * Where in its text a document says something: at the name of a property, at an element of a list, or, for what is not
 * there, at the closest thing around it that is. Aliases lead to what they stand for.
 */
export function offsetOf(document: Document.Parsed, path: PropertyPath): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? document.range[0];
  for (const element of path) {
    const inside = isAlias(node) ? node.resolve(document) : node;
    const found = typeof element === "number" ? itemOf(inside, element) : pairOf(inside, element, document);
    if (found === undefined) break;
    offset = startOf(isPair(found) ? found.key : found) ?? offset;
    node = isPair(found) ? found.value : found;
  }
  return offset;
}

/** The place of a name that is no text, such as a template's `{{ }}` is; undefined where there is none. */
export function objectAsName(document: Document.Parsed): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Pair: (_, { key }) => {
      if (!isCollection(key)) return undefined;
      offset = startOf(key) ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/** The place of an alias for something that it is inside of, which would be endless; undefined where there is none. */
export function aliasOfItself(document: Document.Parsed): number | undefined {
  const anchors = new Map<string, Node>();
  let offset: number | undefined;
  visit(document, {
    Node: (_, node, path) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target === undefined || !path.includes(target)) return undefined;
        offset = startOf(node) ?? 0;
        return visit.BREAK;
      }
      // Of two by one name, the later one counts from there on.
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      return undefined;
    },
  });
  return offset;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

function itemOf(node: unknown, index: number): unknown {
  return isSeq(node) ? node.items[index] : undefined;
}

function pairOf(node: unknown, name: string, document: Document.Parsed): Pair | undefined {
  if (!isMap(node)) return undefined;
  const own = node.items.find(({ key }) => isNamed(key, name));
  return own ?? mergedInto(node.items, document).flatMap((each) => pairOf(each, name, document) ?? [])[0];
}

/** What `<<` takes in. */
function mergedInto(pairs: readonly Pair[], document: Document.Parsed): unknown[] {
  const merged = pairs.filter(({ key }) => isScalar(key) && key.source === "<<").map(({ value }) => value);
  const each = merged.flatMap((value) => (isSeq(value) ? value.items : [value]));
  return each.map((node) => (isAlias(node) ? node.resolve(document) : node));
}

function isNamed(key: unknown, name: string): boolean {
  return isScalar(key) && String(key.value) === name;
}
