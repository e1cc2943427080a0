import { isDeepStrictEqual } from "node:util";
import { isList, isPropertyMap, type PropertyMap, type Value } from "../values/value.ts";
import type { RayJobArgs } from "./args.ts";

/** The arguments' meaning without what a default inside of them says anyway. */
export function withoutNestedDefaults(meaning: PropertyMap): PropertyMap {
  return nestedDefaults.reduce<Value>(
    (said, [path, value]) => without(said, path.split("."), value),
    meaning,
  ) as PropertyMap;
}

const group = "rayClusterSpec.workerGroupSpecs.*";
const ports = "template.spec.containers.*.ports.*";

/**
 * What KubeRay's CRD fills in inside of arguments, and what KubeRay and Ray do there when nothing is said. Only what is
 * certain: a default that is missing here runs a job again, one that is wrong keeps a change from it. The runtime
 * environment has Ray's names; `*` stands for every element of a list, or property of an object.
 */
const nestedDefaults: readonly (readonly [path: `${keyof RayJobArgs}.${string}`, value: Value])[] = [
  ["deletionStrategy.deletionRules.*.condition.ttlSeconds", 0], // CRD
  ["submitterConfig.backoffLimit", 2], // getJobSubmitter in rayjob_controller.go
  [`${group}.replicas`, 0], // CRD
  [`${group}.minReplicas`, 0], // CRD
  [`${group}.maxReplicas`, 2_147_483_647], // CRD
  [`${group}.numOfHosts`, 1], // CRD
  [`${group}.${ports}.protocol`, "TCP"], // CRD
  [`rayClusterSpec.headGroupSpec.${ports}.protocol`, "TCP"], // CRD
  [`submitterPodTemplate.spec.containers.*.ports.*.protocol`, "TCP"], // CRD
  ["rayClusterSpec.workerGroupSpecs", []],
  ["rayClusterSpec.enableInTreeAutoscaling", false], // IsAutoscalingEnabled in util.go
  ["rayClusterSpec.headGroupSpec.enableIngress", false], // reconcileIngress in raycluster_controller.go
  ["stage.*.on", "all"], // this package's
  ["runtimeEnv.pip.pip_check", false], // parse_and_validate_pip in ray/_private/runtime_env/validation.py
  ["runtimeEnv.uv.uv_check", false], // parse_and_validate_uv, there
  ["runtimeEnv.uv.uv_pip_install_options", ["--no-cache"]], // there, too
  ["runtimeEnv.config.eager_install", true], // RuntimeEnvConfig in ray/runtime_env/runtime_env.py
  ["runtimeEnv.config", {}],
];

function without(said: Value, [step = "", ...rest]: readonly string[], value: Value): Value {
  if (step === "*") return eachOf(said, (each) => without(each, rest, value));
  const inside = isPropertyMap(said) ? said[step] : undefined;
  if (!isPropertyMap(said) || inside === undefined || inside === null) return said;
  if (rest.length > 0) return { ...said, [step]: without(inside, rest, value) };
  const { [step]: _, ...others } = said;
  return isDeepStrictEqual(inside, value) ? others : said;
}

function eachOf(said: Value, change: (each: Value) => Value): Value {
  if (isList(said)) return said.map(change);
  if (!isPropertyMap(said)) return said;
  return Object.fromEntries(Object.entries(said).map(([name, each]) => [name, each && change(each)]));
}
