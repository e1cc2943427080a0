import { fieldManager } from "../fieldManager.ts";
import { differencesBetween } from "../values/difference.ts";
import { formatPath, type PropertyPath } from "../values/path.ts";
import { isPropertyMap, mapOf, type PropertyMap, type Value, valueAt } from "../values/value.ts";
import { changeOf, isArgument } from "./changes.ts";
import { listed } from "./listed.ts";
import { queueLabel } from "./live.ts";
import { specOf } from "./manifest.ts";
import { meaningful } from "./meaning.ts";
import type { RayJob } from "./rayJob.ts";
import { isFetchScript } from "./staging.ts";
import { verdictOf } from "./verdict.ts";

/** A place in the spec of a RayJob that somebody else has changed. */
export interface Edit {
  readonly path: PropertyPath;
  /** Whether KubeRay obeys it on a RayJob that exists. */
  readonly isObeyed: boolean;
}

/** What somebody else has changed about the spec of a RayJob that was last given these arguments. */
export function editsOf(inputs: PropertyMap, { metadata, spec }: RayJob): Edit[] {
  const found = meaningful(spec);
  const expected = meaningful(specOf(inputs));
  const queued = queueLabel in (metadata.labels ?? {});
  return differencesBetween(expected, found).flatMap(({ path, kind }) => {
    const name = String(path[0]);
    if (!isWrittenByOthers(name, metadata) || (queued && queues.includes(name))) return [];
    if (kind === "add" && isFilledIn(path, valueAt(found, path))) return [];
    // The run may have been made by another version of this package.
    if (isFetchScript(valueAt(expected, path))) return [];
    // A default of this package that an older CRD does not know.
    if (spec[name] === undefined && inputs[name] === undefined) return [];
    return [{ path, isObeyed: isArgument(name) && changeOf[name] === "inPlace" }];
  });
}

/** Tells of edits that the run does not notice; undefined if there are none. */
export function unnoticedEditsOf(inputs: PropertyMap, rayJob: RayJob, subject: string): string | undefined {
  const paths = editsOf(inputs, rayJob).filter(({ isObeyed }) => !isObeyed);
  if (paths.length === 0) return undefined;
  const effect = verdictOf(rayJob.status).ended
    ? "The job is over, so nothing comes of it"
    : "The attempt that runs goes on without it, but a retry or a resumption would take it up";
  return `Somebody has edited ${listed(paths.map(({ path }) => formatPath(path)))} of ${subject} on the cluster. ${effect}`;
}

// Kueue puts into the pods where they may run, and holds the job back.
const queues = ["suspend", "rayClusterSpec", "submitterPodTemplate"];

// What KubeRay's CRD fills in deep inside of pods, where no argument's meaning knows of it.
const filledIn: Readonly<Record<string, Value>> = { protocol: "TCP", fsType: "ext4", iscsiInterface: "default" };

// The operator, too, writes out what is empty.
function isFilledIn(path: PropertyPath, value: Value | undefined): boolean {
  if (isPropertyMap(value)) return Object.keys(value).length === 0;
  return value === "" || value === false || (value !== undefined && filledIn[String(path.at(-1))] === value);
}

/** Whether the API server has noted that a field of the spec, or a part of it, is neither this package's nor the operator's. */
function isWrittenByOthers(name: string, { managedFields }: RayJob["metadata"]): boolean {
  if (managedFields === undefined) return true;
  return managedFields
    .filter(({ manager = "" }) => !writers.includes(manager))
    .some(({ fieldsV1 = {} }) => `f:${name}` in mapOf(fieldsV1["f:spec"]));
}

const writers = [fieldManager, "kuberay-operator", "manager"];
