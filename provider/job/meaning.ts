import { isDeepStrictEqual } from "node:util";
import { isPropertyMap, type PropertyMap, type Value, withoutNulls } from "../values/value.ts";
import type { RayJobArgs } from "./args.ts";
import { isGiven, neutral, withDefaults } from "./defaults.ts";
import { withoutNestedDefaults } from "./nestedDefaults.ts";
import { rayRuntimeEnvOf } from "./runtimeEnvironment.ts";
import { mappingOf } from "./yaml.ts";

/**
 * The arguments with one spelling for each meaning: defaults filled in, then everything left out that says nothing. Two
 * sets of arguments with equal meanings make jobs that behave alike.
 */
export function meaningOf(inputs: PropertyMap): PropertyMap {
  const said = withDefaults(inputs);
  const { existingCluster, runtimeEnvYAML, ...rest } = said;
  return meaningful({
    ...rest,
    entrypoint: typeof said.entrypoint === "string" ? said.entrypoint.trim() : said.entrypoint,
    clusterSelector: clusterSelectorOf(said),
    runtimeEnv: runtimeEnvOf(said),
    secretEnv: withKeys(said.secretEnv),
  });
}

/** The argument under which the meaning of an argument is found. */
export function meantBy(name: keyof RayJobArgs): keyof RayJobArgs {
  return spokenBy[name] ?? name;
}

const spokenBy: { readonly [Name in keyof RayJobArgs]?: keyof RayJobArgs } = {
  existingCluster: "clusterSelector",
  runtimeEnvYAML: "runtimeEnv",
  image: "rayClusterSpec",
  head: "rayClusterSpec",
  workers: "rayClusterSpec",
};

/** KubeRay's way to say which cluster to run on, however it was said. */
export function clusterSelectorOf({ existingCluster, clusterSelector }: PropertyMap): Value | undefined {
  if (!isGiven(existingCluster)) return clusterSelector;
  return { ...(isPropertyMap(clusterSelector) ? clusterSelector : {}), "ray.io/cluster": existingCluster };
}

/** Packages have one spelling: the list, unless more is said about them than that they are installed. */
function withPackageLists(values: PropertyMap): PropertyMap {
  const { runtimeEnv } = values;
  if (!isPropertyMap(runtimeEnv)) return values;
  const listed = ["pip", "uv"].flatMap((name) => {
    const { packages, ...others } = isPropertyMap(runtimeEnv[name]) ? runtimeEnv[name] : {};
    return packages !== undefined && !isGiven(others) ? [[name, packages] as const] : [];
  });
  return { ...values, runtimeEnv: { ...runtimeEnv, ...Object.fromEntries(listed) } };
}

/** A reference without a key means the one that is called as the variable is. */
function withKeys(secretEnv: Value | undefined): Value | undefined {
  if (!isPropertyMap(secretEnv)) return secretEnv;
  const completed = Object.entries(secretEnv).map(([name, reference]) => {
    const isWithout = isPropertyMap(reference) && !isGiven(reference.key);
    return [name, isWithout ? { ...reference, key: name } : reference] as const;
  });
  return Object.fromEntries(completed);
}

function runtimeEnvOf({ runtimeEnv, runtimeEnvYAML }: PropertyMap): Value | undefined {
  if (isGiven(runtimeEnv)) return isPropertyMap(runtimeEnv) ? rayRuntimeEnvOf(runtimeEnv) : runtimeEnv;
  return typeof runtimeEnvYAML === "string" ? (mappingOf(runtimeEnvYAML) ?? runtimeEnvYAML) : runtimeEnvYAML;
}

/** Values of arguments or of the fields of a RayJob's spec, without those that say nothing. */
export function meaningful(values: PropertyMap): PropertyMap {
  const kept: Record<string, Value> = {};
  for (const [name, value] of Object.entries(withPackageLists(withoutNestedDefaults(values)))) {
    if (value === undefined || value === null || !isGiven(value)) continue;
    if (!isDeepStrictEqual(value, neutral[name as keyof RayJobArgs])) kept[name] = withoutNulls(value);
  }
  return kept;
}
