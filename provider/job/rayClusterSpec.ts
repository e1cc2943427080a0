import { isList, isPropertyMap, mapOf, type PropertyMap, type Value } from "../values/value.ts";
import { isGiven } from "./defaults.ts";

/** The spec of the cluster to make: the user's, with `mounts` and `serviceAccountName` put into every pod of Ray's. */
export function rayClusterSpecOf({ rayClusterSpec, mounts, serviceAccountName }: PropertyMap): Value | undefined {
  if (!isPropertyMap(rayClusterSpec) || !(isGiven(mounts) || isGiven(serviceAccountName))) return rayClusterSpec;
  const { headGroupSpec, workerGroupSpecs, ...others } = rayClusterSpec;
  const completed = (group: Value) => groupOf(group, isPropertyMap(mounts) ? mounts : {}, serviceAccountName);
  return {
    ...others,
    headGroupSpec: completed(headGroupSpec ?? {}),
    ...(isList(workerGroupSpecs) ? { workerGroupSpecs: workerGroupSpecs.map(completed) } : {}),
  };
}

function groupOf(group: Value, mounts: PropertyMap, serviceAccountName: Value | undefined): Value {
  const { template, ...others } = mapOf(group);
  const { spec, ...rest } = mapOf(template);
  return { ...others, template: { ...rest, spec: podSpecOf(mapOf(spec), mounts, serviceAccountName) } };
}

// The first container is the one that runs Ray.
function podSpecOf(spec: PropertyMap, mounts: PropertyMap, serviceAccountName: Value | undefined): PropertyMap {
  const [ray, ...sidecars] = listOf(spec.containers);
  return {
    ...(isGiven(serviceAccountName) ? { serviceAccountName } : {}),
    ...spec,
    ...(isGiven(mounts) ? { volumes: [...listOf(spec.volumes), ...Object.entries(mounts).map(volumeOf)] } : {}),
    containers: [containerOf(mapOf(ray), mounts), ...sidecars],
  };
}

function containerOf(container: PropertyMap, mounts: PropertyMap): PropertyMap {
  if (!isGiven(mounts)) return container;
  return { ...container, volumeMounts: [...listOf(container.volumeMounts), ...Object.entries(mounts).map(mountOf)] };
}

function volumeOf([name, mount]: readonly [string, Value | undefined]): PropertyMap {
  return { name, persistentVolumeClaim: { claimName: mapOf(mount).claimName } };
}

function mountOf([name, mount]: readonly [string, Value | undefined]): PropertyMap {
  const { mountPath, subPath, readOnly } = mapOf(mount);
  return { name, mountPath, ...(isGiven(subPath) ? { subPath } : {}), ...(readOnly === true ? { readOnly } : {}) };
}

function listOf(value: Value | undefined): readonly Value[] {
  return isList(value) ? value : [];
}
