import type { CheckFailure, CheckRequest, CheckResult } from "../../../../../provider/server/customResource.ts";
import { isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../../../../../provider/values/value.ts";
import type { Kind } from "../kinds.ts";
import { at } from "../object.ts";
import { named } from "./names.ts";

/**
 * Completes apiVersion, kind, name and namespace, and refuses what no object of the kind has at its top; everything
 * further inside is the API server's to refuse.
 */
export function check(kind: Kind, request: CheckRequest): CheckResult {
  return { inputs: completed(kind, request), failures: failuresOf(kind, request.newInputs) };
}

function completed(kind: Kind, { name, oldInputs, newInputs, configuration }: CheckRequest): PropertyMap {
  const { apiVersion } = kind;
  return {
    ...newInputs,
    apiVersion,
    kind: kind.kind,
    metadata: metadataOf(newInputs.metadata ?? {}, (given) => {
      const metadata = named(given, name, oldInputs);
      if (!kind.namespaced) return metadata;
      return { ...metadata, namespace: metadata.namespace ?? configuration.namespace ?? "default" };
    }),
  };
}

// Of metadata that are not known yet, neither is what is missing in them.
function metadataOf(metadata: Value, complete: (metadata: PropertyMap) => PropertyMap): Value {
  return isPropertyMap(metadata) ? complete(metadata) : metadata;
}

function failuresOf(kind: Kind, inputs: PropertyMap): CheckFailure[] {
  return [
    ...strangersOf(kind, inputs),
    ...(["apiVersion", "kind"] as const)
      .filter((name) => isOther(inputs[name], kind[name]))
      .map((name) => ({
        path: [name],
        reason: `Must be ${kind[name]}`,
      })),
    ...metadataFailuresOf(inputs.metadata),
  ];
}

function strangersOf({ kind, properties }: Kind, inputs: PropertyMap): CheckFailure[] {
  const known = ["apiVersion", "kind", "metadata", ...properties];
  return Object.keys(inputs)
    .filter((name) => !known.includes(name))
    .map((name) => ({ path: [name], reason: `A ${kind} has no such property, only ${known.join(", ")}` }));
}

function isOther(given: Value | undefined, expected: string): boolean {
  return given !== undefined && given !== UNKNOWN && given !== expected;
}

function metadataFailuresOf(metadata: Value | undefined): CheckFailure[] {
  if (metadata === undefined || metadata === UNKNOWN) return [];
  if (!isPropertyMap(metadata)) return [{ path: ["metadata"], reason: "Must be an object" }];
  return [
    ...(metadata.generateName === undefined
      ? []
      : [{ path: ["metadata", "generateName"], reason: `${here} does not know it; leave the name out instead` }]),
    ...Object.keys((at(metadata, "annotations") ?? {}) as PropertyMap)
      .filter((name) => name.startsWith("pulumi.com/") && !knownAnnotations.includes(name))
      .map((name) => ({
        path: ["metadata", "annotations", name],
        reason: `${here} does not know it, only ${knownAnnotations.join(", ")}`,
      })),
  ];
}

const here = "The sandbox's kubernetes provider";

const knownAnnotations = ["pulumi.com/autonamed", "pulumi.com/skipAwait", "pulumi.com/patchForce"];
