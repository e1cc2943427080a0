import type { EnumSpec } from "../interfaces.ts";
import { nameOf, type TypeUse } from "../uses.ts";
import type { BreakingChange } from "./breakingChange.ts";
import type { ComparedSchema } from "./comparedSchema.ts";
import { propertyChanges } from "./propertyChanges.ts";

/** What is no longer so of the types, which every SDK has under their names. */
export function changesOfTypes(
  { types: before = {} }: ComparedSchema,
  { types: after = {} }: ComparedSchema,
  uses: ReadonlyMap<string, TypeUse>,
): BreakingChange[] {
  return Object.entries(before).flatMap(([token, old]) => {
    const owner = nameOf(token);
    const now = after[token];
    if (now === undefined) return [{ at: owner, what: "the type is gone" }];
    if (old.type === "object" && now.type === "object")
      return propertyChanges({ owner, direction: directionOf(uses.get(token)) }, old, now);
    if (old.type === "string" && now.type === "string") return changesOfWords(owner, old, now);
    return [{ at: owner, what: "it is another kind of type" }];
  });
}

function directionOf(use: TypeUse | undefined) {
  if (use === undefined || (use.in && use.out)) return "both";
  return use.in ? "in" : "out";
}

function changesOfWords(owner: string, old: EnumSpec, now: EnumSpec): BreakingChange[] {
  return old.enum.flatMap(({ name, value }) => {
    const at = `${owner}=${value}`;
    const same = now.enum.find((each) => each.value === value);
    if (same === undefined) return [{ at, what: "the word is gone" }];
    const [before, after] = [name ?? value, same.name ?? value];
    return before === after ? [] : [{ at, what: `SDKs called it ${before}, and call it ${after}` }];
  });
}
