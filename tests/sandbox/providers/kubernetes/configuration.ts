import type { CheckFailure } from "../../../../provider/server/customResource.ts";
import type { ConfigurationHandler } from "../../../../provider/server/provider.ts";
import { strangersAmong } from "../../../../provider/server/settings.ts";
import { differencesBetween } from "../../../../provider/values/difference.ts";
import { type PropertyMap, UNKNOWN, type Value } from "../../../../provider/values/value.ts";

/** The settings of the official plug-in that this one knows. */
export const settings = ["kubeconfig", "context", "namespace", "enableServerSideApply", "deleteUnreachable"] as const;

/**
 * Checks the provider's inputs. A setting that would make the official plug-in do something else is an error, never
 * ignored. Unlike the official one it replaces nothing when the kubeconfig names another cluster.
 */
export const configuration: ConfigurationHandler = {
  check: (inputs) => ({ inputs, failures: failuresOf(inputs) }),
  secrets: [],
  diff: (oldInputs, newInputs) => ({
    changes: differencesBetween(oldInputs, newInputs).map((difference) => ({
      ...difference,
      replaces: false,
      of: "inputs",
    })),
    deleteBeforeReplace: false,
  }),
};

/** Whether a setting that is a boolean is on; the engine passes it as a text. */
export function isOn(value: Value | undefined): boolean {
  return value === true || value === "true";
}

function failuresOf(inputs: PropertyMap): CheckFailure[] {
  return [
    ...strangersAmong(inputs, settings).map((name) => ({
      path: [],
      reason: `The sandbox's kubernetes provider does not know the setting ${name}, only ${settings.join(", ")}`,
    })),
    ...settings.flatMap((name) => {
      const reason = problemOf(name, inputs[name]);
      return reason === undefined ? [] : [{ path: [name], reason }];
    }),
  ];
}

function problemOf(name: (typeof settings)[number], value: Value | undefined): string | undefined {
  if (value === undefined || value === UNKNOWN) return undefined;
  switch (name) {
    case "enableServerSideApply":
      return isOn(value) ? undefined : "The sandbox's kubernetes provider knows server-side apply only";
    case "deleteUnreachable":
      return isOn(value) || value === false || value === "false" ? undefined : "Must be true or false";
    default:
      return typeof value === "string" && value.trim() !== "" ? undefined : "Must be a text that is not empty";
  }
}
