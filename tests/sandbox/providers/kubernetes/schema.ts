import { chartInputs } from "./chart/inputs.ts";
import { settings } from "./configuration.ts";
import { type Kind, kinds, tokenOf } from "./kinds.ts";
import { referencedTypes } from "./referencedTypes.ts";
import { version } from "./version.ts";

/** The package's schema as JSON text: the same tokens and property names as the official one, with the objects of its own resources left loose. */
export function schemaText(): string {
  return JSON.stringify({
    name: "kubernetes",
    version,
    description: "A stand-in for the official package, for tests",
    config: {},
    provider: { inputProperties: looseOf(settings) },
    types: referencedTypes(),
    resources: {
      ...Object.fromEntries(kinds.map((kind) => [tokenOf(kind), resourceSchemaOf(kind)])),
      "kubernetes:helm.sh/v4:Chart": {
        isComponent: true,
        inputProperties: looseOf(chartInputs),
        requiredInputs: ["chart"],
        properties: { resources: { type: "array", items: anything } },
      },
    },
  });
}

function resourceSchemaOf({ apiVersion, kind, properties }: Kind) {
  const all = {
    apiVersion: { type: "string", const: apiVersion },
    kind: { type: "string", const: kind },
    ...looseOf(["metadata", ...properties]),
  };
  return { inputProperties: all, properties: all, required: ["apiVersion", "kind", "metadata"] };
}

const anything = { $ref: "pulumi.json#/Any" };

function looseOf(names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, anything]));
}
