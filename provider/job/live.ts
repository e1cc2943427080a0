import { isDeepStrictEqual } from "node:util";
import { type PropertyMap, type Value, withoutNulls } from "../values/value.ts";
import type { RayJobArgs } from "./args.ts";
import { changeOf, isArgument } from "./changes.ts";
import { withDefaults } from "./defaults.ts";
import { specOf } from "./manifest.ts";
import { meaningful } from "./meaning.ts";
import { managedByLabel, reservedPrefix } from "./owner.ts";
import type { RayJob, RayJobMetadata } from "./rayJob.ts";

/** The arguments that describe a RayJob which this package has not made: every field of its spec, and its metadata. */
export function importedInputsOf({ metadata, spec }: Described): PropertyMap {
  const fields = Object.fromEntries(Object.entries(spec).filter(([name]) => isArgument(name)));
  return withoutNulls({
    name: metadata.name,
    namespace: metadata.namespace,
    labels: usersOwn(metadata.labels),
    annotations: usersOwn(metadata.annotations),
    ...fields,
    ...keptCluster(fields),
  });
}

interface Described {
  readonly metadata: Partial<Pick<RayJobMetadata, "name" | "namespace" | "labels" | "annotations">>;
  readonly spec: PropertyMap;
}

// Where a RayJob says nothing its cluster is kept, which is not this package's default: here it has to be said.
function keptCluster(fields: PropertyMap): { readonly [Name in keyof RayJobArgs]?: Value | undefined } {
  if (withDefaults({ ...fields, shutdownAfterJobFinishes: undefined }).shutdownAfterJobFinishes !== true) return {};
  if (fields.shutdownAfterJobFinishes === true) return {};
  return { shutdownAfterJobFinishes: false, ttlSecondsAfterFinished: fields.ttlSecondsAfterFinished || undefined };
}

/**
 * The arguments as somebody else has changed them on the cluster. Only what KubeRay obeys on a live RayJob counts: the
 * job still computes what it was started with, so an edit of anything else must not run it again.
 */
export function driftedInputsOf(inputs: PropertyMap, { metadata, spec }: RayJob): PropertyMap {
  // The API server has filled its defaults in.
  const [found, expected] = [meaningful(spec), meaningful(specOf(inputs))];
  const drifted = obeyed(metadata.labels ?? {}).flatMap((name) => {
    if (isDeepStrictEqual(found[name], expected[name])) return [];
    // What is not there and was not asked for is a default of ours that an older CRD does not know.
    return spec[name] === undefined && inputs[name] === undefined ? [] : [[name, spec[name]] as const];
  });
  return withoutNulls({ ...inputs, ...Object.fromEntries(drifted) });
}

/** The label by which Kueue knows its jobs. */
export const queueLabel = "kueue.x-k8s.io/queue-name";

function obeyed(labels: Readonly<Record<string, string>>): (keyof RayJobArgs)[] {
  const names = (Object.keys(changeOf) as (keyof RayJobArgs)[]).filter((name) => changeOf[name] === "inPlace");
  // Kueue holds a queued job back and lets it go by this very field.
  const others = queueLabel in labels ? ["labels", "annotations", "suspend"] : ["labels", "annotations"];
  return names.filter((name) => !others.includes(name));
}

// What kubectl and this package write for themselves is nobody's argument.
const bookkeeping = [reservedPrefix, "kubectl.kubernetes.io/", managedByLabel];

function usersOwn(texts: Readonly<Record<string, string>> = {}): PropertyMap | undefined {
  const own = Object.entries(texts).filter(([name]) => !bookkeeping.some((prefix) => name.startsWith(prefix)));
  return own.length > 0 ? Object.fromEntries(own) : undefined;
}
