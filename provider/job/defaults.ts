import { isList, isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../values/value.ts";
import type { RayJobArgs } from "./args.ts";
import { isOlder } from "./rules/version.ts";
import { withClusterWritten } from "./shortForm.ts";

/**
 * What this package fills in where KubeRay's own default would cost money or never end. Where it depends on an argument
 * that is not known yet, neither is the default.
 */
const ours: { readonly [Name in keyof RayJobArgs]?: (inputs: PropertyMap) => Value | undefined } = {
  // KubeRay keeps the cluster for ever. It refuses the flag beside deletion rules (and some legacy strategies), and
  // never deletes a cluster that it has not made.
  shutdownAfterJobFinishes: (inputs) => unlessGoverned(inputs, true),
  // Time to look at the dashboard and at the pods' logs. KubeRay refuses it without the flag above.
  ttlSecondsAfterFinished: (inputs) => {
    const shutdown = inputs.shutdownAfterJobFinishes ?? true;
    return shutdown === true ? unlessGoverned(inputs, 60) : shutdown === UNKNOWN ? UNKNOWN : undefined;
  },
  // KubeRay waits for ever for a pod that no node can take. Half an hour is enough for a node to come up and for a
  // large image to be pulled. KubeRay before 1.6 has no such field.
  preRunningDeadlineSeconds: ({ kubeRayVersion }) => {
    if (kubeRayVersion === UNKNOWN) return UNKNOWN;
    const isBefore = typeof kubeRayVersion === "string" && isOlder(kubeRayVersion, "1.6.0") === true;
    return isBefore ? undefined : 1800;
  },
};

/** How many lines of a failed job's log are shown. */
export const usualLogTailLines = 50;

/** What KubeRay, Ray or this package do when nothing is said: written out, these change nothing. */
export const neutral: { readonly [Name in keyof RayJobArgs]?: Value } = {
  submissionMode: "K8sJobMode",
  managedBy: "ray.io/kuberay-operator",
  entrypointNumCpus: 0,
  entrypointNumGpus: 0,
  backoffLimit: 0,
  suspend: false,
  shutdownAfterJobFinishes: false,
  ttlSecondsAfterFinished: 0,
  jobId: "",
  waitFor: "complete",
  rerunFailed: true,
  stopOnCancel: false,
  logs: "none",
  logTailLines: usualLogTailLines,
};

/** The arguments with this package's own defaults filled in, and their cluster written out. */
export function withDefaults(inputs: PropertyMap): PropertyMap {
  const filled: Record<string, Value | undefined> = { ...withClusterWritten(inputs) };
  for (const [name, fill] of Object.entries(ours)) filled[name] ??= fill(inputs);
  return filled;
}

/** The arguments that are not said, and have a value nevertheless: this package's own. */
export function defaultedOf(inputs: PropertyMap): (keyof RayJobArgs)[] {
  const filled = withDefaults(inputs);
  const names = Object.keys(ours) as (keyof RayJobArgs)[];
  return names.filter((name) => (inputs[name] ?? undefined) === undefined && filled[name] !== undefined);
}

/** The value, unless something else decides what becomes of the cluster. */
function unlessGoverned(inputs: PropertyMap, value: Value): Value | undefined {
  const governors: (Value | undefined)[] = [inputs.deletionStrategy, inputs.existingCluster, inputs.clusterSelector];
  if (governors.some((governor) => governor !== UNKNOWN && isGiven(governor))) return undefined;
  return governors.includes(UNKNOWN) ? UNKNOWN : value;
}

/** Whether anything is said at all: nothing, null, and empty texts, lists and objects say nothing. */
export function isGiven(value: Value | undefined): boolean {
  if (isList(value)) return value.length > 0;
  if (isPropertyMap(value)) return Object.values(value).some((each) => each !== undefined && each !== null);
  return value !== undefined && value !== null && value !== "";
}
