import type { PropertyMap } from "../values/value.ts";
import type { Change } from "./changes.ts";
import { rayJobNameOf, type Subject } from "./names.ts";

/** The changes without that of a name which is made from a hash: it follows what else changes, and is nobody's news. */
export function withoutGeneratedName(
  changes: readonly Change[],
  resource: Subject,
  newInputs: PropertyMap,
): readonly Change[] {
  const others = changes.filter(({ path }) => path[0] !== "name");
  const isFollowing = others.some((change) => change.class === "rerun");
  return isFollowing && newInputs.name === rayJobNameOf(resource, newInputs) ? others : changes;
}
