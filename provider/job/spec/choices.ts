import { suggestionOf } from "../../findings/closest.ts";
import type { Finding } from "../../findings/finding.ts";
import type { PropertyPath } from "../../values/path.ts";
import { isList, isPropertyMap, type PropertyMap, type Value } from "../../values/value.ts";
import { type KubeRayFields, typeOf } from "./fields.ts";

/** The words among a cluster's fields that are none of those that the CRDs list: the API server does not take them (K24). */
export function choiceFindings({ rayClusterSpec }: PropertyMap, fields: KubeRayFields): Finding[] {
  const cluster = typeOf(fields.types[fields.root]?.fields?.rayClusterSpec);
  return inside(rayClusterSpec, cluster, ["rayClusterSpec"]);

  function inside(value: Value | undefined, index: number, path: PropertyPath): Finding[] {
    const type = fields.types[index];
    if (typeof value === "string")
      return type?.enum?.includes(value) === false ? [foreign(value, type.enum, path)] : [];
    if (isList(value)) return value.flatMap((each, position) => inside(each, type?.of ?? -1, [...path, position]));
    if (!isPropertyMap(value) || type === undefined) return [];
    return Object.entries(value).flatMap(([name, each]) => {
      const field = Object.hasOwn(type.fields ?? {}, name) ? type.fields?.[name] : undefined;
      // That is refused whatever it says.
      if (path.length === 1 && name === "upgradeStrategy") return [];
      return inside(each, field === undefined ? (type.of ?? -1) : typeOf(field), [...path, name]);
    });
  }
}

function foreign(word: string, words: readonly string[], path: PropertyPath): Finding {
  const problem = `Cannot take "${word}" for "${path.at(-1)}"`;
  return { code: "RJ371", severity: "error", path, problem, hint: suggestionOf(word, words) };
}
