import { type PropertyMap, withoutNulls } from "../values/value.ts";

/** The inputs with the namespace that they are about: their own, else the provider's. */
export function withNamespace(inputs: PropertyMap, configuration: PropertyMap): PropertyMap {
  return { ...withoutNulls(inputs), namespace: inputs.namespace ?? configuration.namespace ?? "default" };
}
