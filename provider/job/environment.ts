import { isList, isPropertyMap, type PropertyMap, type Value } from "../values/value.ts";
import { mappingOf } from "./yaml.ts";

/**
 * What somebody says about a job, with the names of its environment variables in the place of their values: `$HF_TOKEN`.
 * Short values are not looked for: they are words and numbers that stand for anything.
 */
export function withoutEnvironmentValues(text: string, spec: PropertyMap): string {
  const variables = [...runtimeVariables(spec), ...containerVariables(spec)].filter(([, value]) => {
    return value.length >= shortestValue;
  });
  const longestFirst = variables.toSorted(([, a], [, b]) => b.length - a.length);
  return longestFirst.reduce((said, [name, value]) => said.replaceAll(value, () => `$${name}`), text);
}

const shortestValue = 6;

type Variable = readonly [name: string, value: string];

function runtimeVariables({ runtimeEnvYAML }: PropertyMap): Variable[] {
  const variables = typeof runtimeEnvYAML === "string" ? mappingOf(runtimeEnvYAML)?.env_vars : undefined;
  return isPropertyMap(variables) ? Object.entries(variables).map(([name, value]) => [name, String(value)]) : [];
}

/** Of all containers there are in the spec, wherever they are. */
function containerVariables(value: Value | undefined): Variable[] {
  if (isList(value)) return value.flatMap(containerVariables);
  if (!isPropertyMap(value)) return [];
  const own = isList(value.env) ? value.env.flatMap(variableOf) : [];
  return [...own, ...Object.values(value).flatMap(containerVariables)];
}

function variableOf(entry: Value): Variable[] {
  if (!isPropertyMap(entry)) return [];
  const { name, value } = entry;
  return typeof name === "string" && typeof value === "string" ? [[name, value]] : [];
}
