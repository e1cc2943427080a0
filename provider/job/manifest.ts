import { fieldManager } from "../fieldManager.ts";
import { isKnown, isPropertyMap, type PropertyMap, type Value, withoutNulls } from "../values/value.ts";
import type { RayJobArgs } from "./args.ts";
import { isGiven, withDefaults } from "./defaults.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { clusterSelectorOf } from "./meaning.ts";
import { inCreation, managedByLabel, type Owner, ownerAnnotations, ownerLabels } from "./owner.ts";
import { submittedEntrypoint, submittedMetadata, submittedRuntimeEnv } from "./quoting/submitted.ts";
import { rayClusterSpecOf } from "./rayClusterSpec.ts";
import type { RayJobManifest } from "./rayJob.ts";
import { submitterPodTemplateOf } from "./submitter.ts";

/** The RayJob to create, from checked inputs: name and namespace filled in, and everything known. */
export function manifestOf(inputs: PropertyMap, owner: Owner): RayJobManifest {
  if (!isKnown(inputs)) throw new Error("Internal error: a RayJob from inputs that are not all known");
  return {
    apiVersion: "ray.io/v1",
    kind: "RayJob",
    metadata: {
      name: String(inputs.name),
      namespace: String(inputs.namespace),
      labels: { [managedByLabel]: fieldManager, ...textsOf(inputs.labels), ...ownerLabels(owner), ...inCreation },
      annotations: { ...textsOf(inputs.annotations), ...ownerAnnotations(owner, fingerprintOf(inputs)) },
    },
    spec: specOf(inputs),
  };
}

/** The fields of the spec, with this package's defaults, and without those that say nothing. */
export function specOf(inputs: PropertyMap): PropertyMap {
  const said = withDefaults(inputs);
  const fields = Object.entries(placeOf).map(([name, place]) => {
    const value = place === "spec" ? said[name] : typeof place === "function" ? place(said) : undefined;
    return [name, value] as const;
  });
  const given = fields.filter((field): field is readonly [string, Value] => isGiven(field[1]));
  return Object.fromEntries(given.map(([name, value]) => [name, withoutNulls(value)]));
}

/** Where each argument goes: into the spec as it is or made by a function, into the metadata, or nowhere. */
const placeOf = {
  entrypoint: submittedEntrypoint,
  runtimeEnvYAML: submittedRuntimeEnv,
  runtimeEnv: "otherField",
  jobId: "spec",
  metadata: submittedMetadata,
  entrypointNumCpus: "spec",
  entrypointNumGpus: "spec",
  entrypointResources: "spec",
  rayClusterSpec: rayClusterSpecOf,
  image: "otherField",
  head: "otherField",
  workers: "otherField",
  mounts: "otherField",
  serviceAccountName: "otherField",
  secretEnv: "otherField",
  stage: "otherField",
  clusterSelector: clusterSelectorOf,
  existingCluster: "otherField",
  submissionMode: "spec",
  submitterPodTemplate: submitterPodTemplateOf,
  submitterConfig: "spec",
  backoffLimit: "spec",
  activeDeadlineSeconds: "spec",
  preRunningDeadlineSeconds: "spec",
  shutdownAfterJobFinishes: "spec",
  ttlSecondsAfterFinished: "spec",
  deletionStrategy: "spec",
  suspend: "spec",
  managedBy: "spec",
  name: "metadata",
  namespace: "metadata",
  labels: "metadata",
  annotations: "metadata",
  podLabels: "otherField",
  kubeRayVersion: "nowhere",
  kubeRayFeatureGates: "nowhere",
  waitFor: "nowhere",
  timeoutSeconds: "nowhere",
  rerunToken: "nowhere",
  rerunFailed: "nowhere",
  stopOnCancel: "nowhere",
  logs: "nowhere",
  logTailLines: "nowhere",
} as const satisfies Record<
  keyof RayJobArgs,
  "spec" | "metadata" | "otherField" | "nowhere" | ((inputs: PropertyMap) => Value | undefined)
>;

function textsOf(value: Value | undefined): Record<string, string> {
  if (!isPropertyMap(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, text]) => (text == null ? [] : [[name, String(text)]])),
  );
}
