import { isList, isPropertyMap, listOf, mapOf, type PropertyMap, sortedEntries, type Value } from "../values/value.ts";
import type { RayJobArgs } from "./args.ts";
import { fetchedCodeOf } from "./code.ts";
import { isGiven } from "./defaults.ts";
import { withPodLabels } from "./podLabels.ts";
import { withMore } from "./podSpec.ts";
import { type NodeKind, withFetchedFiles } from "./staging.ts";

/** The spec of the cluster to make: the user's, with what other arguments put into every pod of Ray's. */
export function rayClusterSpecOf({ rayClusterSpec, ...parts }: PropertyMap): Value | undefined {
  if (!isPropertyMap(rayClusterSpec) || !isGiven(rayClusterSpec) || !hasParts(parts)) return rayClusterSpec;
  const { headGroupSpec, workerGroupSpecs, ...others } = rayClusterSpec;
  const completed = (kind: NodeKind) => (group: Value) => groupOf(group, parts, kind);
  return {
    ...others,
    headGroupSpec: completed("head")(headGroupSpec ?? {}),
    ...(isList(workerGroupSpecs) ? { workerGroupSpecs: workerGroupSpecs.map(completed("workers")) } : {}),
  };
}

function hasParts({ runtimeEnv, ...parts }: PropertyMap): boolean {
  return partsOfPods.some((name) => isGiven(parts[name])) || fetchedCodeOf(runtimeEnv).length > 0;
}

const partsOfPods = [
  "mounts",
  "serviceAccountName",
  "secretEnv",
  "stage",
  "podLabels",
] as const satisfies (keyof RayJobArgs)[];

function groupOf(group: Value, parts: PropertyMap, kind: NodeKind): Value {
  const { template, ...others } = mapOf(group);
  const { spec, ...rest } = withPodLabels(mapOf(template), parts);
  return { ...others, template: { ...rest, spec: withFetchedFiles(podSpecOf(mapOf(spec), parts), parts, kind) } };
}

// The first container is the one that runs Ray.
function podSpecOf(spec: PropertyMap, { mounts, serviceAccountName, secretEnv }: PropertyMap): PropertyMap {
  const [ray, ...sidecars] = listOf(spec.containers);
  const volumes = Object.entries(mapOf(mounts)).map(volumeOf);
  const volumeMounts = Object.entries(mapOf(mounts)).map(mountOf);
  const env = sortedEntries(mapOf(secretEnv)).map(variableOf);
  return {
    ...(isGiven(serviceAccountName) ? { serviceAccountName } : {}),
    ...withMore(spec, { volumes }),
    containers: [withMore(mapOf(ray), { volumeMounts, env }), ...sidecars],
  };
}

function volumeOf([name, mount]: readonly [string, Value | undefined]): PropertyMap {
  return { name, persistentVolumeClaim: { claimName: mapOf(mount).claimName } };
}

function mountOf([name, mount]: readonly [string, Value | undefined]): PropertyMap {
  const { mountPath, subPath, readOnly } = mapOf(mount);
  return { name, mountPath, ...(isGiven(subPath) ? { subPath } : {}), ...(readOnly === true ? { readOnly } : {}) };
}

function variableOf([name, reference]: readonly [string, Value | undefined]): PropertyMap {
  const { name: secret, key } = mapOf(reference);
  return { name, valueFrom: { secretKeyRef: { name: secret, key: isGiven(key) ? key : name } } };
}
