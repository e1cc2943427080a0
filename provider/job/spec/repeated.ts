import type { Finding } from "../../findings/finding.ts";
import type { PropertyPath } from "../../values/path.ts";
import { isKnown, isList, isPropertyMap, type Value } from "../../values/value.ts";
import type { TypedValue } from "./values.ts";

/** The elements of lists that are known by the same as another one: the API server takes no such RayJob. */
export function repeatedFindings(values: readonly TypedValue[]): Finding[] {
  return values.flatMap(({ value, type, path }) =>
    isList(value) && type.keys !== undefined
      ? repeatedIn(value, type.keys).map((index) => repeated([...path, index]))
      : [],
  );
}

/** The positions of those that are there already. */
function repeatedIn(list: readonly Value[], keys: Readonly<Record<string, string>>): number[] {
  const seen = new Set<string>();
  return [...list.entries()].flatMap(([index, element]) => {
    if (!isPropertyMap(element)) return [];
    const identity = Object.entries(keys).map(([name, otherwise]) => element[name] ?? otherwise);
    return isKnown(identity) && seen.size === seen.add(JSON.stringify(identity)).size ? [index] : [];
  });
}

function repeated(path: PropertyPath): Finding {
  const problem = `There is another element of "${path.at(-2)}" like this one`;
  const hint = "Keep one of them, or give them different names";
  return { code: "RJ356", severity: "error", path, problem, hint };
}
