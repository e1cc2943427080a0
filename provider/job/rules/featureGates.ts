import { type FeatureGate, featureGates, featureGatesOf, isFeatureGate } from "../../crds/featureGates.ts";
import { suggestionOf } from "../../findings/closest.ts";
import { clusterOf } from "./examples.ts";
import { isSwitchedOff, textAt } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";
import { isOlder } from "./version.ts";

/** What KubeRay refuses as long as one of its feature gates is off, if it is known to be. */
export const featureGateRules: readonly Rule[] = [
  {
    code: "RJ443",
    refuses: "what is behind a feature gate that is off (K11, K19, K22, K23)",
    each: (job) => [
      ...["networkPolicy", "tlsOptions", "historyServerOptions"].map((name) => job.at("rayClusterSpec", name)),
      job.at("rayClusterSpec", "gcsFaultToleranceOptions", "backend"),
    ],
    path: [],
    broken: (field, job) => isUsed(field) && isSwitchedOff(gateOf(field), job),
    problem: (field) => `KubeRay refuses this as long as its feature gate ${gateOf(field)} is off`,
    hint: 'Drop it, or switch the gate on and say so in "kubeRayFeatureGates", as a component does with "operator.values.featureGates"',
    refused: { kubeRayVersion: "1.7.0", ...clusterOf({ tlsOptions: { enabled: true } }) },
    accepted: {
      kubeRayVersion: "1.7.0",
      kubeRayFeatureGates: { RayClusterMTLS: true },
      ...clusterOf({ tlsOptions: { enabled: true } }),
    },
  },
  {
    code: "RJ444",
    refuses: "feature gates of another version",
    each: (job) => job.at("kubeRayFeatureGates").properties,
    path: [],
    broken: (gate, job) => isForeign(gate, textAt(job, "kubeRayVersion")),
    problem: (gate, job) => foreignGateProblem(gate.name, textAt(job, "kubeRayVersion")),
    hint: (gate, job) => foreignGateHint(gate.name, textAt(job, "kubeRayVersion")),
    refused: { kubeRayVersion: "1.6.2", kubeRayFeatureGates: { RayClusterMTLS: true } },
    accepted: { kubeRayVersion: "1.7.0", kubeRayFeatureGates: { RayClusterMTLS: true } },
  },
];

/** Whether a version of KubeRay surely has no such gate: of the newest one not all of them may be known here. */
export function isForeignGate(name: string, version: string): boolean {
  if (isFeatureGate(name)) return !featureGatesOf(version).includes(name);
  return isOlder(version, "1.7.0") === true;
}

export function foreignGateProblem(name: string, version: string): string {
  return `KubeRay ${version} has no feature gate "${name}"`;
}

export function foreignGateHint(name: string, version: string): string {
  if (!isFeatureGate(name)) return suggestionOf(name, featureGatesOf(version));
  const { since } = featureGates[name];
  return isOlder(version, since) === true
    ? `Install KubeRay ${since} or newer, or drop it`
    : "Drop it: KubeRay has it no more";
}

function isForeign(gate: Place, version: string): boolean {
  return version !== "" && gate.isThere && isForeignGate(gate.name, version);
}

/** The gates in front of fields of the cluster, by the names of the fields. */
const gates = {
  networkPolicy: "RayClusterNetworkPolicy",
  tlsOptions: "RayClusterMTLS",
  historyServerOptions: "RayClusterHistoryServer",
  backend: "GCSFaultToleranceEmbeddedStorage",
} as const satisfies Record<string, FeatureGate>;

function gateOf({ name }: Place): FeatureGate {
  return gates[name as keyof typeof gates];
}

function isUsed(field: Place): boolean {
  return field.name === "backend" ? field.text === "rocksdb" : field.isThere;
}
