import { suggestionOf } from "../../findings/closest.ts";
import type { PropertyMap } from "../../values/value.ts";
import { isVersion2 } from "./autoscaling.ts";
import { clusterWithHead, podOf } from "./examples.ts";
import { autoscalerOf, groupsOf, headOf, isAutoscaling, modeOf, podSpecOf, podsOf } from "./parts.ts";
import type { Place } from "./place.ts";
import { amountOf } from "./quantity.ts";
import type { Rule } from "./rule.ts";

/**
 * What Kubernetes refuses of pods although KubeRay and the CRD take it: KubeRay tries again and again, and the job stays in
 * Initializing.
 */
export const refusedPodRules: readonly Rule[] = [
  {
    code: "RJ366",
    refuses: "a mount of a volume that the pod does not have",
    each: (job) =>
      podsWithMounts(job).flatMap(({ pod, mounts }) => mounts.filter((mount) => isMissing(mount, pod, job))),
    path: ["name"],
    broken: () => true,
    problem: (mount) => `There is no volume "${mount.at("name").text}" to mount`,
    hint: (mount) => `Add it to "volumes" of the pod: { name: ${mount.at("name").text}, … }`,
    refused: mounting("data", { volumes: [{ name: "date", emptyDir: {} }] }),
    accepted: mounting("data", { volumes: [{ name: "data", emptyDir: {} }] }),
  },
  {
    code: "RJ367",
    refuses: "a word that Kubernetes does not know",
    each: (job) => [...restartPoliciesOf(job), ...pullPoliciesOf(job), headOf(job).at("serviceType")],
    path: [],
    broken: (word) => word.fails((text) => wordsOf(word).includes(text)),
    problem: (word) => `Cannot take "${word.text}" for "${word.name}"`,
    hint: (word) => suggestionOf(word.text ?? "", wordsOf(word)),
    refused: clusterWithHead({ template: podOf("ray-head", { imagePullPolicy: "always" }) }),
    accepted: clusterWithHead({ template: podOf("ray-head", { imagePullPolicy: "Always" }) }),
  },
  {
    code: "RJ368",
    refuses: "a request above the limit",
    each: (job) => resourcesOf(job).flatMap((resources) => resources.at("requests").properties),
    path: [],
    broken: (request, job) => isAbove(request, limitOf(request, job)),
    problem: (request, job) =>
      `Cannot request ${request.value} of ${request.name}: its limit is ${limitOf(request, job).value}`,
    hint: "Raise the limit, or lower the request",
    refused: reserving({ limits: { memory: "8Gi" }, requests: { memory: "16Gi" } }),
    accepted: reserving({ limits: { memory: "8Gi" }, requests: { memory: "8192Mi" } }),
  },
  {
    code: "RJ369",
    refuses: "a request of a device without a limit that is the same",
    each: (job) => resourcesOf(job).flatMap((resources) => resources.at("requests").properties),
    path: [],
    broken: (request, job) => isWhole(request.name) && isBelow(request, limitOf(request, job)),
    problem: (request, job) =>
      limitOf(request, job).isThere
        ? `Cannot request ${request.value} of ${request.name}: its limit is ${limitOf(request, job).value}, and must be the same`
        : `Cannot request ${request.name} without a limit: Kubernetes gives it as a whole`,
    hint: (request) => `Set the limit of ${request.name} to ${request.value}; the request can be left out`,
    refused: reserving({ requests: { "nvidia.com/gpu": 1 } }),
    accepted: reserving({ limits: { "nvidia.com/gpu": 1 } }),
  },
];

interface PodWithMounts {
  readonly pod: Place;
  readonly mounts: readonly Place[];
}

function podsWithMounts(job: Place): readonly PodWithMounts[] {
  const inside = podsAndSubmitter(job).map((pod) => ({
    pod,
    mounts: containersOf(pod).flatMap((container) => [
      ...container.at("volumeMounts").knownItems,
      ...container.at("volumeDevices").knownItems,
    ]),
  }));
  if (!isAutoscaling(job)) return inside;
  return [...inside, { pod: podSpecOf(headOf(job)), mounts: autoscalerOf(job).at("volumeMounts").knownItems }];
}

/** Whether nobody adds the volume: neither KubeRay nor this package. */
function isMissing(mount: Place, pod: Place, job: Place): boolean {
  const name = mount.at("name");
  const volumes = pod.at("volumes");
  if (!name.isKnown || !name.isGiven || !areKnown(volumes)) return false;
  const added = [...ofKubeRay, ...Object.keys(job.at("mounts").map), ...Object.keys(job.at("stage").map)];
  const names = [...added, ...volumes.items.map((volume) => volume.at("name").text)];
  return !names.includes(name.text ?? "") && !name.text?.startsWith("rayjob-");
}

function areKnown(volumes: Place): boolean {
  return volumes.isKnown && volumes.items.every((volume) => volume.isKnown && volume.at("name").isKnown);
}

const ofKubeRay = ["shared-mem", "ray-logs", "ray-token", "ray-tls", "gcs-storage"];

/** Where KubeRay itself wants another word of a group, it says so. */
function restartPoliciesOf(job: Place): readonly Place[] {
  if (isAutoscaling(job) && isVersion2(job)) return [];
  const groups = groupsOf(job).filter((group) => group.name !== "headGroupSpec" || modeOf(job) !== "SidecarMode");
  return groups.map((group) => podSpecOf(group).at("restartPolicy"));
}

function pullPoliciesOf(job: Place): readonly Place[] {
  const containers = podsAndSubmitter(job).flatMap(containersOf);
  const others = isAutoscaling(job) ? [autoscalerOf(job)] : [];
  return [...containers, ...others].map((container) => container.at("imagePullPolicy"));
}

function wordsOf({ name }: Place): readonly string[] {
  return words[name] ?? [];
}

const words: Readonly<Record<string, readonly string[]>> = {
  restartPolicy: ["Always", "OnFailure", "Never"],
  imagePullPolicy: ["Always", "IfNotPresent", "Never"],
  serviceType: ["ClusterIP", "NodePort", "LoadBalancer"],
};

function resourcesOf(job: Place): readonly Place[] {
  const containers = podsAndSubmitter(job).flatMap(containersOf);
  const others = isAutoscaling(job) ? [autoscalerOf(job)] : [];
  return [...containers, ...others].map((container) => container.at("resources"));
}

function podsAndSubmitter(job: Place): readonly Place[] {
  const submitter = modeOf(job) === "K8sJobMode" ? [job.at("submitterPodTemplate", "spec")] : [];
  return [...podsOf(job), ...submitter];
}

function containersOf(pod: Place): readonly Place[] {
  return [...pod.at("containers").knownItems, ...pod.at("initContainers").knownItems];
}

function limitOf(request: Place, job: Place): Place {
  return job.at(...request.path.slice(0, -2), "limits", request.name);
}

function isAbove(request: Place, limit: Place): boolean {
  return differenceOf(request, limit) > 0;
}

/** A limit that is missing is that of all there is. */
function isBelow(request: Place, limit: Place): boolean {
  return limit.isThere ? differenceOf(request, limit) < 0 : amountOf(request) !== undefined;
}

/** By how much a request is above the limit; 0 where it cannot be told, or is no more than what is lost in numbers like these. */
function differenceOf(request: Place, limit: Place): number {
  const [requested, most] = [amountOf(request), amountOf(limit)];
  if (requested === undefined || most === undefined) return 0;
  const difference = requested - most;
  return Math.abs(difference) > 1e-9 * Math.abs(most) ? difference : 0;
}

/** Devices, and pages of memory: of these Kubernetes promises no more than it has. */
function isWhole(resource: string): boolean {
  return (resource.includes("/") && !/(^|\.)kubernetes\.io\//.test(resource)) || resource.startsWith("hugepages-");
}

function mounting(name: string, spec: PropertyMap): PropertyMap {
  return clusterWithHead({ template: podOf("ray-head", { volumeMounts: [{ name, mountPath: "/data" }] }, spec) });
}

function reserving(resources: PropertyMap): PropertyMap {
  return clusterWithHead({ template: podOf("ray-head", { resources }) });
}
