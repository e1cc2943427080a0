import {
  type ComponentResource,
  type ComponentResourceOptions,
  InputPropertiesError,
  type Inputs,
  log,
} from "@pulumi/pulumi";
import { type Finding, sentenceOf } from "../findings/finding.ts";
import { shapeFindings } from "../findings/shape.ts";
import { packageSchema } from "../schema/packageSchema.ts";
import type { ConstructComponent, Deployment } from "../server/provider.ts";
import { formatPath } from "../values/path.ts";
import { isPropertyMap, type PropertyMap } from "../values/value.ts";
import { type Argument, argumentsOf } from "./argument.ts";
import type { Problem } from "./problem.ts";

/** What a component has to say for itself: how it is made, and what is wrong with its arguments beyond their shape. */
export interface ComponentType {
  readonly token: string;
  problems?(args: PropertyMap): readonly Problem[];
  /** What whoever deploys it should know. */
  warnings?(args: PropertyMap, deployment: Deployment): readonly string[];
  make(
    name: string,
    args: Argument,
    options: ComponentResourceOptions,
  ): ComponentResource & { readonly outputs: Inputs };
}

/** Serves a component: arguments that are wrong are refused all at once, before there is any child. */
export function constructing(type: ComponentType): ConstructComponent {
  return async (name, inputs, options, deployment) => {
    const args = await argumentsOf(inputs);
    const values = isPropertyMap(args.value) ? args.value : {};
    const errors = [
      ...shapeFindings(values, await packageSchema(), type.token).map(problemOf),
      ...(type.problems?.(values) ?? []),
    ];
    if (errors.length > 0) throw new InputPropertiesError({ message: refusalOf(type.token, name), errors });
    const component = type.make(name, args, options);
    for (const warning of type.warnings?.(values, deployment) ?? []) await log.warn(warning, component);
    return { urn: component.urn, state: component.outputs };
  };
}

/** A finding as the SDK's InputPropertiesError takes it. */
export function problemOf(finding: Finding): Problem {
  return { propertyPath: formatPath(finding.path), reason: sentenceOf(finding) };
}

function refusalOf(token: string, name: string): string {
  return `Cannot make the ${token.split(":").at(-1)} "${name}"`;
}
