import type { CheckFailure } from "./server/customResource.ts";
import type { ConfigurationHandler } from "./server/provider.ts";
import { differencesBetween } from "./values/difference.ts";
import { type PropertyMap, UNKNOWN } from "./values/value.ts";

/**
 * Which cluster the provider works on. Everything is optional; credentials live here and never in a resource's inputs
 * or state. A change of these never re-runs or replaces anything.
 */
export interface ProviderArgs {
  /**
   * The contents of a kubeconfig file, or the path of one. By default the file that the environment variable
   * `KUBECONFIG` names, then `~/.kube/config`, then the service account of the pod that Pulumi runs in.
   *
   * @secret
   */
  kubeconfig?: string;
  /** The context of the kubeconfig to use. By default its current context. */
  context?: string;
  /**
   * The namespace of resources that name none. By default `default`. A RayJob that is affected by a change of it is
   * run again in the new namespace.
   */
  namespace?: string;
}

/** Checks the provider's own inputs. Nothing is read or connected to here: a preview may not reach the cluster. */
export const configuration: ConfigurationHandler = {
  check: (inputs) => ({ inputs, failures: failuresOf(inputs) }),
  secrets: ["kubeconfig"] satisfies (keyof ProviderArgs)[],
  diff: (oldInputs, newInputs) => ({
    changes: differencesBetween(oldInputs, newInputs).map((difference) => ({
      ...difference,
      replaces: false,
      of: "inputs",
    })),
    deleteBeforeReplace: false,
  }),
};

const names = ["kubeconfig", "context", "namespace"] as const satisfies readonly (keyof ProviderArgs)[];

// The engine adds these to a provider's inputs for itself.
const engineNames = ["version", "pluginDownloadURL", "pluginChecksums", "parameterization", "__internal"];

function failuresOf(inputs: PropertyMap): CheckFailure[] {
  // Without a path: the engine would print the value, which may be a misspelled kubeconfig.
  const strangers = Object.keys(inputs).filter((name) => ![...names, ...engineNames].includes(name));
  return [
    ...strangers.map((name) => ({
      path: [],
      reason: `Unknown setting ${name}; the provider takes ${names.join(", ")}`,
    })),
    ...names
      .filter((name) => !isText(inputs[name]))
      .map((name) => ({ path: [name], reason: "Must be a text that is not empty, or left out" })),
  ];
}

function isText(value: PropertyMap[string]): boolean {
  return value === undefined || value === UNKNOWN || (typeof value === "string" && value.trim() !== "");
}
