import { createHash, type Hash } from "node:crypto";
import { isList, isPropertyMap, UNKNOWN, type Value } from "./value.ts";

/**
 * SHA-256 of a value, in hex: the same for equal values, in whatever order their names stand. Throws when a part is unknown.
 */
export function digestOf(value: Value): string {
  const hash = createHash("sha256");
  frame(hash, value);
  return hash.digest("hex");
}

// Every value is preceded by its kind and its size, so that no two values share one text. The names of an object are
// sorted; the order of a list counts.
function frame(hash: Hash, value: Value): void {
  if (value === UNKNOWN) throw new Error("Internal error: the digest of an unknown value");
  if (isList(value)) {
    hash.update(`list ${value.length}\n`);
    for (const each of value) frame(hash, each);
  } else if (isPropertyMap(value)) {
    const names = Object.keys(value).sort();
    hash.update(`object ${names.length}\n`);
    for (const name of names) {
      frame(hash, name);
      frame(hash, value[name] ?? null);
    }
  } else {
    const text = String(value);
    hash.update(`${value === null ? "null" : typeof value} ${Buffer.byteLength(text)}\n${text}\n`);
  }
}
