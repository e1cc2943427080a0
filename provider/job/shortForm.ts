import {
  isList,
  isPropertyMap,
  mapOf,
  type PropertyMap,
  sortedEntries,
  UNKNOWN,
  type Value,
  valueAt,
  withoutNulls,
} from "../values/value.ts";
import type { RayJobArgs } from "./args.ts";
import { rayVersionOfImage } from "./rayImage.ts";

/** The arguments that are the short form of `rayClusterSpec`. */
export const shortForm = ["image", "head", "workers"] as const satisfies (keyof RayJobArgs)[];

/** The arguments with their cluster written out as KubeRay's spec: from the short form, and with the templates that are left out. */
export function withClusterWritten(inputs: PropertyMap): PropertyMap {
  const { image, head, workers, ...others } = inputs;
  if (isSaid(inputs.rayClusterSpec)) return { ...inputs, rayClusterSpec: withTemplates(inputs.rayClusterSpec) };
  return isShort(inputs) ? { ...others, rayClusterSpec: clusterOf(image, head, workers) } : inputs;
}

/** Whether the cluster is said by the short form. */
export function isShort(inputs: PropertyMap): boolean {
  return shortForm.some((name) => isSaid(inputs[name]));
}

/** The worker groups of the short form, in the order in which they are written out. */
export function groupsOf(workers: Value | undefined): (readonly [name: string, group: Value | undefined])[] {
  return sortedEntries(mapOf(workers)).filter(([, group]) => isSaid(group));
}

/** KubeRay's spec, in which a worker group without a template has the head's image. */
export function withTemplates(rayClusterSpec: Value | undefined): Value | undefined {
  const groups = valueAt(rayClusterSpec, ["workerGroupSpecs"]);
  if (!isPropertyMap(rayClusterSpec) || !isList(groups)) return rayClusterSpec;
  const image = headImageOf(rayClusterSpec);
  if (!isSaid(image)) return rayClusterSpec;
  const spec: PropertyMap = { containers: [{ name: "ray-worker", image }] };
  const completed = groups.map((group): Value => {
    return isPropertyMap(group) && !isSaid(group.template) ? { ...group, template: { spec } } : group;
  });
  return { ...rayClusterSpec, workerGroupSpecs: completed };
}

function headImageOf(rayClusterSpec: Value): Value | undefined {
  const path = ["headGroupSpec", "template", "spec", "containers", 0, "image"];
  // What is inside of something unknown is unknown.
  const isUnknown = path.some((_, depth) => valueAt(rayClusterSpec, path.slice(0, depth)) === UNKNOWN);
  return isUnknown ? UNKNOWN : valueAt(rayClusterSpec, path);
}

function clusterOf(image: Value | undefined, head: Value | undefined, workers: Value | undefined): PropertyMap {
  const groups = groupsOf(workers);
  return withoutNulls({
    rayVersion: rayVersionOf(image),
    enableInTreeAutoscaling: isAutoscaled(groups.map(([, group]) => group)),
    headGroupSpec: head === UNKNOWN ? UNKNOWN : nodesOf("ray-head", image, mapOf(head)),
    workerGroupSpecs: workers === UNKNOWN ? UNKNOWN : groups.map(([name, group]) => workersOf(name, group, image)),
  });
}

function workersOf(groupName: string, group: Value | undefined, image: Value | undefined): Value {
  if (group === UNKNOWN) return UNKNOWN;
  const said = mapOf(group);
  const { replicas, minReplicas, maxReplicas } = said;
  const isScaled = isSaid(maxReplicas);
  const least = isScaled ? (minReplicas ?? 0) : (minReplicas ?? replicas ?? 1);
  return {
    groupName,
    replicas: replicas ?? least,
    minReplicas: least,
    maxReplicas: maxReplicas ?? replicas ?? least,
    ...nodesOf("ray-worker", said.image ?? image, said),
  };
}

/** Equal requests and limits: Ray schedules by its own account of what a node has, and no neighbour may take it away. */
function nodesOf(name: string, image: Value | undefined, { cpu, memory, gpu }: PropertyMap): PropertyMap {
  const gpus = isSaid(gpu) && gpu !== 0 ? asText(gpu) : undefined;
  const amounts: PropertyMap = {
    cpu: asText(cpu ?? usual.cpu),
    memory: asText(memory ?? usual.memory),
    ...(gpus === undefined ? {} : { "nvidia.com/gpu": gpus }),
  };
  const container: PropertyMap = { name, image, resources: { limits: amounts, requests: amounts } };
  return {
    rayStartParams: gpus === undefined ? {} : { "num-gpus": gpus },
    template: { spec: { containers: [container] } },
  };
}

const usual = { cpu: 1, memory: "4Gi" };

function isAutoscaled(groups: readonly (Value | undefined)[]): Value | undefined {
  if (groups.some((group) => isSaid(mapOf(group).maxReplicas))) return true;
  return groups.includes(UNKNOWN) ? UNKNOWN : undefined;
}

function rayVersionOf(image: Value | undefined): Value | undefined {
  return typeof image === "string" ? rayVersionOfImage(image) : image === UNKNOWN ? UNKNOWN : undefined;
}

function asText(value: Value): Value {
  return typeof value === "number" ? String(value) : value;
}

function isSaid(value: Value | undefined): value is Exclude<Value, null> {
  return value !== undefined && value !== null;
}
