import { InputPropertiesError } from "@pulumi/pulumi/errors.js";
import { isPropertyMap, type PropertyMap, type Value } from "../../../../../provider/values/value.ts";
import { textAt } from "../object.ts";
import { chartInputs } from "./inputs.ts";

/** What a chart is rendered from. */
export interface ChartArgs {
  /** A folder or an archive, or a chart's name in the repository. */
  readonly chart: string;
  readonly repository?: string | undefined;
  readonly version?: string | undefined;
  readonly release: string;
  readonly namespace: string;
  readonly values: PropertyMap;
  readonly skipCrds: boolean;
}

/** The arguments that the inputs stand for. Throws an `InputPropertiesError` with everything that is wrong with them. */
export function chartArgsOf(inputs: PropertyMap, resourceName: string): ChartArgs {
  const errors = errorsOf(inputs);
  if (errors.length > 0) throw new InputPropertiesError({ message: "Cannot render the chart", errors });
  return {
    chart: textAt(inputs, "chart") ?? "",
    repository: textAt(inputs, "repositoryOpts", "repo"),
    version: textAt(inputs, "version"),
    release: textAt(inputs, "name") ?? resourceName,
    namespace: textAt(inputs, "namespace") ?? "",
    values: (inputs.values ?? {}) as PropertyMap,
    skipCrds: inputs.skipCrds === true,
  };
}

const here = "The sandbox's kubernetes provider";

function errorsOf(inputs: PropertyMap) {
  const strangers = Object.keys(inputs).filter((name) => !(chartInputs as readonly string[]).includes(name));
  const options = Object.keys(isPropertyMap(inputs.repositoryOpts) ? inputs.repositoryOpts : {});
  return [
    ...strangers.map((name) => ({
      propertyPath: name,
      reason: `${here} does not know it, only ${chartInputs.join(", ")}`,
    })),
    ...options
      .filter((name) => name !== "repo")
      .map((name) => ({ propertyPath: `repositoryOpts.${name}`, reason: `${here} does not know it, only repo` })),
    ...(["chart", "namespace"] as const)
      .filter((name) => !isText(inputs[name]))
      .map((name) => ({ propertyPath: name, reason: `${here} needs it, as a text that is not empty` })),
    ...(["name", "version"] as const)
      .filter((name) => inputs[name] != null && !isText(inputs[name]))
      .map((name) => ({ propertyPath: name, reason: "Must be a text that is not empty" })),
    ...(inputs.values == null || isPropertyMap(inputs.values)
      ? []
      : [{ propertyPath: "values", reason: "Must be an object" }]),
  ];
}

function isText(value: Value | undefined): boolean {
  return typeof value === "string" && value !== "";
}
