import {
  type ComponentResource,
  type ComponentResourceOptions,
  InputPropertiesError,
  type Inputs,
  log,
  Output,
  type Resource,
} from "@pulumi/pulumi";
import { type Finding, sentenceOf } from "../findings/finding.ts";
import { shapeFindings } from "../findings/shape.ts";
import { packageSchema } from "../schema/packageSchema.ts";
import type { ConstructComponent, Deployment } from "../server/provider.ts";
import { formatPath } from "../values/path.ts";
import { isPropertyMap, type PropertyMap } from "../values/value.ts";
import { type Argument, argumentsOf } from "./argument.ts";
import { openedOf } from "./openedOf.ts";
import type { Problem } from "./problem.ts";

/** What a component has to say for itself: how it is made, and what is wrong with its arguments beyond their shape. */
export interface ComponentType {
  readonly token: string;
  problems?(values: PropertyMap, args: Argument): readonly Problem[];
  /** What whoever deploys it should know. */
  warnings?(args: PropertyMap, deployment: Deployment): readonly string[];
  make(name: string, args: Argument, options: ComponentResourceOptions): Component;
}

type Component = ComponentResource & {
  readonly outputs: Inputs;
  /** The children of which no output tells whether they have failed. */
  readonly parts?: readonly Resource[];
};

/** Serves a component: arguments that are wrong are refused all at once, before there is any child. */
export function constructing(type: ComponentType): ConstructComponent {
  return async (name, inputs, options, deployment) => {
    const args = await argumentsOf(inputs);
    const values = isPropertyMap(args.value) ? args.value : {};
    const errors = [
      ...shapeFindings(values, await packageSchema(), type.token).map(problemOf),
      ...(type.problems?.(values, args) ?? []),
    ];
    if (errors.length > 0) throw refusal(type.token, name, errors, args);
    const component = type.make(name, args, options);
    for (const warning of type.warnings?.(values, deployment) ?? []) await log.warn(warning, component);
    if (await anyHasFailed(component)) throw new Error(`A part of "${name}" has failed: see its own error`);
    return { urn: component.urn, state: component.outputs };
  };
}

/** Waits until each child has been made, or has failed: that is, with `--continue-on-error`. */
async function anyHasFailed({ outputs, parts = [] }: Component): Promise<boolean> {
  const tellTale = [...outputsIn(outputs), ...parts.map(({ urn }) => urn)];
  const settled = await Promise.allSettled(tellTale.map(openedOf));
  return settled.some(({ status }) => status === "rejected");
}

function outputsIn(given: unknown): Output<unknown>[] {
  if (Output.isInstance(given)) return [given];
  return typeof given === "object" && given !== null ? Object.values(given).flatMap(outputsIn) : [];
}

/** A finding as the SDK's InputPropertiesError takes it. */
export function problemOf(finding: Finding): Problem {
  return { propertyPath: formatPath(finding.path), reason: sentenceOf(finding) };
}

/**
 * The engine shows the value at each path, that of a secret, too. What is wrong with an argument that holds one goes into the
 * message, in the engine's own form.
 */
function refusal(token: string, name: string, errors: readonly Problem[], args: Argument): InputPropertiesError {
  const isHidden = ({ propertyPath }: Problem) => args.at(/^[^.[]*/.exec(propertyPath)?.[0] ?? "").holdsSecret;
  const hidden = errors
    .filter(isHidden)
    .map(({ propertyPath, reason }) => `property ${propertyPath} has a problem: ${reason}`);
  const message = [`Cannot make the ${token.split(":").at(-1)} "${name}"`, ...hidden].join("\n\t\t- ");
  return new InputPropertiesError({ message, errors: errors.filter((error) => !isHidden(error)) });
}
