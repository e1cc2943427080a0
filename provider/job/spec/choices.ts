import { suggestionOf } from "../../findings/closest.ts";
import type { Finding } from "../../findings/finding.ts";
import type { PropertyPath } from "../../values/path.ts";
import type { TypedValue } from "./values.ts";

/** The words among a cluster's fields that are none of those that the CRDs list: the API server does not take them (K24). */
export function choiceFindings(values: readonly TypedValue[]): Finding[] {
  return values.flatMap(({ value, type, path }) => {
    // What is said of upgrades is refused whatever it is.
    if (path[0] !== "rayClusterSpec" || path[1] === "upgradeStrategy") return [];
    return typeof value === "string" && type.enum?.includes(value) === false ? [foreign(value, type.enum, path)] : [];
  });
}

function foreign(word: string, words: readonly string[], path: PropertyPath): Finding {
  const problem = `Cannot take "${word}" for "${path.at(-1)}"`;
  return { code: "RJ371", severity: "error", path, problem, hint: suggestionOf(word, words) };
}
