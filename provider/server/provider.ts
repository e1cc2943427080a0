import type { ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import type { ConstructResult } from "@pulumi/pulumi/provider/provider.js";
import type { PropertyMap } from "../values/value.ts";
import type { CheckResult, CustomResource, DiffResult } from "./customResource.ts";

/** What a plug-in serves: its configuration, its custom resources and its components. */
export interface Provider {
  readonly version: string;
  /** The package's schema, as JSON text. */
  schema(): Promise<string>;
  readonly configuration: ConfigurationHandler;
  /** By type token; loaded with the first call that needs it, since each costs start-up time. */
  readonly resources: Readonly<Record<string, () => Promise<CustomResource>>>;
  /** By type token; loaded with the first call that needs it. */
  readonly components?: Readonly<Record<string, () => Promise<ConstructComponent>>>;
}

/**
 * Makes a component and its children. Runs in the SDK's own surroundings: inputs may be outputs, and `options` carries
 * the parent, the providers and what else the program gave.
 */
export type ConstructComponent = (
  name: string,
  inputs: Inputs,
  options: ComponentResourceOptions,
  deployment: Deployment,
) => Promise<ConstructResult>;

/** What the engine says of the deployment that a component is made in. */
export interface Deployment {
  /** How many resources it works on at once at most. */
  readonly parallel?: number;
}

/** The provider's own inputs: `new rayjob.Provider(…)` or `rayjob:*` in the stack's configuration. */
export interface ConfigurationHandler {
  check(inputs: PropertyMap): CheckResult;
  /** Inputs that are secret whether the program marks them or not. */
  readonly secrets: readonly string[];
  diff(oldInputs: PropertyMap, newInputs: PropertyMap): DiffResult;
}
