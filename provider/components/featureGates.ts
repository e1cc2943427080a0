import { defaultKubeRayVersion } from "../crds/release.ts";
import type { Finding } from "../findings/finding.ts";
import { foreignGateHint, foreignGateProblem, isForeignGate } from "../job/rules/featureGates.ts";
import { isKnown, listOf, mapOf, type PropertyMap, UNKNOWN, type Value, valueAt } from "../values/value.ts";

/** The feature gates that the values of the operator's chart set, by name; UNKNOWN as long as one is, undefined without any. */
export function operatorFeatureGatesOf(operator: Value | undefined): PropertyMap | typeof UNKNOWN | undefined {
  const gates = valueAt(operator, ["values", "featureGates"]);
  const isUnknown = [operator, valueAt(operator, ["values"])].includes(UNKNOWN) || !isKnown(gates);
  if (isUnknown) return UNKNOWN;
  const said = listOf(gates)
    .map(mapOf)
    .flatMap(({ name, enabled }) => {
      return typeof name === "string" && typeof enabled === "boolean" ? [[name, enabled] as const] : [];
    });
  return said.length > 0 ? Object.fromEntries(said) : undefined;
}

/** An operator that is given a gate that it does not have never starts. */
export function featureGateFindings(operator: PropertyMap): Finding[] {
  const version = operator.version ?? defaultKubeRayVersion;
  if (typeof version !== "string") return [];
  return listOf(valueAt(operator, ["values", "featureGates"])).flatMap((gate, index) => {
    const { name } = mapOf(gate);
    if (typeof name !== "string" || !isForeignGate(name, version)) return [];
    return [
      {
        code: "RJ912",
        severity: "error",
        path: ["values", "featureGates", index, "name"],
        problem: foreignGateProblem(name, version),
        hint: foreignGateHint(name, version),
      },
    ];
  });
}
