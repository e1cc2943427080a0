import { isDeepStrictEqual } from "node:util";
import { differencesBetween } from "../values/difference.ts";
import type { PropertyPath } from "../values/path.ts";
import type { PropertyMap } from "../values/value.ts";
import type { RayJobArgs } from "./args.ts";
import { meaningOf, meantBy } from "./meaning.ts";

/**
 * What a change of an argument does: update the RayJob `inPlace`, `rerun` the job, or, for what only this package or the
 * next run reads, nothing but remember it (`ours`).
 */
export type ChangeClass = "inPlace" | "rerun" | "ours";

/** The class of every argument, by when KubeRay reads the field. */
export const changeOf = {
  name: "rerun", // the identity of the object
  namespace: "rerun", // the identity of the object
  labels: "inPlace",
  annotations: "inPlace",
  podLabels: "ours", // part of the cluster, but nothing that a job would be run again for
  entrypoint: "rerun", // read when the submitter is made
  runtimeEnv: "rerun", // read when the submitter is made
  runtimeEnvYAML: "rerun", // read when the submitter is made
  jobId: "rerun", // read at the start; see classOf for InteractiveMode
  metadata: "rerun", // read when the submitter is made
  entrypointNumCpus: "rerun", // read when the submitter is made
  entrypointNumGpus: "rerun", // read when the submitter is made
  entrypointResources: "rerun", // read when the submitter is made
  rayClusterSpec: "rerun", // read when the cluster is made; later edits are disregarded, or wait for the next retry
  image: "rerun", // part of the cluster
  head: "rerun", // part of the cluster
  workers: "rerun", // part of the cluster
  mounts: "rerun", // part of the cluster
  serviceAccountName: "rerun", // part of the cluster
  secretEnv: "rerun", // part of the cluster
  stage: "rerun", // part of the cluster
  existingCluster: "rerun", // read at every reconcile, and not made to change
  clusterSelector: "rerun", // read at every reconcile, and not made to change
  submissionMode: "rerun", // read at every reconcile, and not made to change
  submitterPodTemplate: "rerun", // read when the submitter is made
  submitterConfig: "rerun", // read when the submitter is made
  backoffLimit: "inPlace", // read at the moment of failure
  activeDeadlineSeconds: "inPlace", // read at every reconcile
  preRunningDeadlineSeconds: "inPlace", // read at every reconcile
  shutdownAfterJobFinishes: "inPlace", // read at every reconcile after the end
  ttlSecondsAfterFinished: "inPlace", // read at every reconcile after the end
  deletionStrategy: "inPlace", // read at every reconcile after the end
  suspend: "inPlace", // read at every reconcile
  managedBy: "rerun", // immutable
  waitFor: "ours",
  timeoutSeconds: "ours",
  rerunToken: "rerun", // its only purpose
  rerunFailed: "ours",
  stopOnCancel: "ours",
  logs: "ours",
  logTailLines: "ours",
  kubeRayVersion: "ours",
  kubeRayFeatureGates: "ours",
} as const satisfies Record<keyof RayJobArgs, ChangeClass>;

/** One place at which the arguments say something new, and what that does. */
export interface Change {
  readonly path: PropertyPath;
  readonly kind: "add" | "update" | "delete";
  readonly class: ChangeClass;
}

/** What has changed in meaning between two sets of arguments, at the places where the user said it. Unknown values count as new. */
export function changesBetween(oldInputs: PropertyMap, newInputs: PropertyMap): Change[] {
  const before = meaningOf(oldInputs);
  const after = meaningOf(newInputs);
  return differencesBetween(oldInputs, newInputs).flatMap((difference) => {
    const name = String(difference.path[0]);
    if (!isArgument(name)) return [];
    const meant = meantBy(name);
    if (isDeepStrictEqual(before[meant], after[meant])) return [];
    return [{ ...difference, class: classOf(name, before, after) }];
  });
}

/** Whether the name is that of an argument. State may hold others, of another version of this package. */
export function isArgument(name: string): name is keyof RayJobArgs {
  return Object.hasOwn(changeOf, name);
}

/** The class of an argument in the given mode. */
export function classOf(name: keyof RayJobArgs, ...meanings: readonly PropertyMap[]): ChangeClass {
  return name === "jobId" && meanings.every(isInteractive) ? "inPlace" : changeOf[name];
}

function isInteractive({ submissionMode }: PropertyMap): boolean {
  return submissionMode === "InteractiveMode";
}
