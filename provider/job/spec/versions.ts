import type { Finding } from "../../findings/finding.ts";
import { formatPath, type PropertyPath } from "../../values/path.ts";
import { isList, isPropertyMap, type PropertyMap, type Value } from "../../values/value.ts";
import { isGiven } from "../defaults.ts";
import { type KubeRayFields, sinceOf, typeOf } from "./fields.ts";

/** The fields of KubeRay's among a job's arguments that this version of KubeRay lacks: it would disregard them without a word. */
export function versionFindings(inputs: PropertyMap, version: string, fields: KubeRayFields): Finding[] {
  const known = fields.versions.indexOf(version);
  return known < 0 ? [] : inside(inputs, fields.root, []);

  function inside(value: Value | undefined, index: number, path: PropertyPath): Finding[] {
    const type = fields.types[index];
    if (isList(value)) return value.flatMap((each, position) => inside(each, type?.of ?? -1, [...path, position]));
    if (!isPropertyMap(value) || type === undefined) return [];
    return Object.entries(value).flatMap(([name, each]) => {
      const field = type.fields?.[name];
      // What says nothing is left out of the spec, but not of what is in it.
      const isSent = path.length === 0 ? isGiven(each) : each !== undefined && each !== null;
      if (!isSent || (field === undefined && type.of === undefined)) return [];
      const at = [...path, name];
      const since = field === undefined ? undefined : sinceOf(field);
      if (since !== undefined && fields.versions.indexOf(since) > known) return [lacking(at, version, since)];
      return inside(each, field === undefined ? (type.of ?? -1) : typeOf(field), at);
    });
  }
}

function lacking(path: PropertyPath, version: string, since: string): Finding {
  return {
    code: "RJ004",
    severity: "error",
    path,
    problem: `KubeRay ${version} has no "${formatPath(path)}"`,
    hint: `Install KubeRay ${since} or newer, or drop it`,
  };
}
