import { digestOf } from "../values/digest.ts";
import type { PropertyMap } from "../values/value.ts";
import type { RayJobArgs } from "./args.ts";
import { type ChangeClass, classOf, isArgument } from "./changes.ts";
import { meaningOf } from "./meaning.ts";

/**
 * SHA-256, in hex, of what the job computes with: equal for arguments of one meaning, different as soon as a re-run
 * would compute something else. Throws when a part is unknown; see `fingerprinted`.
 */
export function fingerprintOf(inputs: PropertyMap): string {
  // The order of a list counts, as it does to Ray (arguments, packages, containers).
  return digestOf(fingerprinted(inputs));
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
