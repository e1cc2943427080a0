import { createHash, type Hash } from "node:crypto";
import { isList, isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../values/value.ts";
import type { RayJobArgs } from "./args.ts";
import { type ChangeClass, classOf, isArgument } from "./changes.ts";
import { meaningOf } from "./meaning.ts";

/**
 * SHA-256, in hex, of what the job computes with: equal for arguments of one meaning, different as soon as a re-run
 * would compute something else. Throws when a part is unknown; see `fingerprinted`.
 */
export function fingerprintOf(inputs: PropertyMap): string {
  const hash = createHash("sha256");
  frame(hash, fingerprinted(inputs));
  return hash.digest("hex");
}

/** The part of the arguments' meaning that enters the fingerprint. */
export function fingerprinted(inputs: PropertyMap): PropertyMap {
  const meaning = meaningOf(inputs);
  return Object.fromEntries(
    Object.entries(meaning).filter(([name]) => isArgument(name) && name !== excluded && enters[classOf(name, meaning)]),
  );
}

// Changes with the fingerprint itself, being made from it.
const excluded = "name" satisfies keyof RayJobArgs;

const enters = {
  rerun: true, // what the job computes with, where (namespace), and the token whose only purpose is another run
  inPlace: false, // the job goes on with the new value
  ours: false, // the job never sees it
} as const satisfies Record<ChangeClass, boolean>;

// Every value is preceded by its kind and its size, so that no two values share one text. The names of an object are
// sorted; the order of a list counts, as it does to Ray (arguments, packages, containers).
function frame(hash: Hash, value: Value): void {
  if (value === UNKNOWN) throw new Error("Internal error: the fingerprint of an unknown value");
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
