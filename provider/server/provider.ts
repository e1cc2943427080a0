import type { PropertyMap } from "../values/value.ts";
import type { CheckResult, CustomResource, DiffResult } from "./customResource.ts";

/** What this package serves besides components: its configuration and its custom resources. */
export interface Provider {
  readonly version: string;
  /** The package's schema, as JSON text. */
  schema(): Promise<string>;
  readonly configuration: ConfigurationHandler;
  /** By type token; loaded with the first call that needs it, since each costs start-up time. */
  readonly resources: Readonly<Record<string, () => Promise<CustomResource>>>;
}

/** The provider's own inputs: `new rayjob.Provider(…)` or `rayjob:*` in the stack's configuration. */
export interface ConfigurationHandler {
  check(inputs: PropertyMap): CheckResult;
  /** Inputs that are secret whether the program marks them or not. */
  readonly secrets: readonly string[];
  diff(oldInputs: PropertyMap, newInputs: PropertyMap): DiffResult;
}
