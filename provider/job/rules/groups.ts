import { rayVersionOfImage } from "../rayImage.ts";
import { clusterOf, clusterWith, clusterWithHead, groupOf, podOf } from "./examples.ts";
import { isLabelKey, isLabelValue, labelHint } from "./labels.ts";
import { groupNameOf, groupsOf, headOf, isAutoscaling, rayContainerOf, textAt, workersOf } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";
import { isOlder } from "./version.ts";

/** The groups of Ray nodes: what they offer, and how many there are. */
export const groupRules: readonly Rule[] = [
  {
    code: "RJ321",
    refuses: "resources that are said twice (K2)",
    each: groupsOf,
    path: ["resources"],
    broken: (group) => group.at("resources").isGiven && twiceSaid(group) !== undefined,
    problem: (group) =>
      `Cannot take the resources of ${groupNameOf(group)} from here and from "${twiceSaid(group)}" in "rayStartParams"`,
    hint: 'Drop one of them: "resources" are told to Ray by KubeRay',
    refused: clusterWithHead({ resources: { CPU: "4" }, rayStartParams: { "num-cpus": "4" } }),
    accepted: clusterWithHead({ resources: { CPU: "4" }, rayStartParams: { "dashboard-host": "0.0.0.0" } }),
  },
  {
    code: "RJ322",
    refuses: "Ray's labels among the parameters of `ray start` (K3)",
    each: groupsOf,
    path: ["rayStartParams", "labels"],
    broken: (group) => group.at("rayStartParams", "labels").isThere,
    problem: (group) => `Cannot label the nodes of ${groupNameOf(group)} by "rayStartParams"`,
    hint: 'Use the "labels" of the group',
    refused: clusterWithHead({ rayStartParams: { labels: "zone=a" } }),
    accepted: clusterWithHead({ labels: { zone: "a" } }),
  },
  {
    code: "RJ323",
    refuses: "labels of Ray's nodes that are none of Kubernetes' (K3)",
    each: (job) => groupsOf(job).flatMap((group) => group.at("labels").properties),
    path: [],
    broken: (label) => !isLabelKey(label.name) || !isLabelValue(label.text ?? ""),
    problem: (label) => `Cannot label a node with "${label.name}" and "${label.text}"`,
    hint: labelHint,
    refused: clusterWithHead({ labels: { zone: "a zone" } }),
    accepted: clusterWithHead({ labels: { "example.com/zone": "a" } }),
  },
  {
    code: "RJ324",
    refuses: "a group of workers without any: nobody has said how many (E13)",
    severity: "warning",
    each: workersOf,
    path: ["replicas"],
    broken: (group, job) => !isAutoscaling(job) && !group.at("replicas").isThere && !group.at("minReplicas").isThere,
    problem: (group) => `There will be no worker in ${groupNameOf(group)}`,
    hint: 'Set "replicas" to their number, be it 0',
    refused: clusterOf({ workerGroupSpecs: [{ groupName: "gpu", template: podOf("ray-worker") }] }),
    accepted: clusterOf({ workerGroupSpecs: [groupOf({ groupName: "gpu" })] }),
  },
  {
    code: "RJ325",
    refuses: "a Ray version that is not the image's, which KubeRay would believe (E8)",
    severity: "warning",
    each: groupsOf,
    path: ["template", "spec", "containers", 0, "image"],
    broken: (group, job) => differ(rayVersionIn(group), job.at("rayClusterSpec", "rayVersion").text),
    problem: (group, job) =>
      `The image of ${groupNameOf(group)} has Ray ${rayVersionIn(group)}, but "rayVersion" is ${job.at("rayClusterSpec", "rayVersion").text}`,
    hint: 'Set "rayVersion" to the version of the image',
    refused: clusterOf({ rayVersion: "2.9.0" }),
    accepted: clusterOf({ rayVersion: "2.52.0" }),
  },
  {
    code: "RJ326",
    refuses: "a suspended group: KubeRay suspends groups itself, and refuses it beside autoscaling (K13)",
    each: workersOf,
    path: ["suspend"],
    broken: (group) => group.at("suspend").flag === true,
    problem: (group) => `Cannot suspend ${groupNameOf(group)}: KubeRay does so when it deletes workers`,
    hint: 'Drop "suspend", or set "replicas" to 0',
    refused: clusterWith({ groupName: "gpu", suspend: true }),
    accepted: clusterWith({ groupName: "gpu", suspend: false }),
  },
  {
    code: "RJ327",
    refuses: "autoscaling of a Ray whose version KubeRay is not told (E8)",
    severity: "warning",
    path: ["rayClusterSpec", "rayVersion"],
    broken: (job) =>
      isAutoscaling(job) && !job.at("rayClusterSpec", "rayVersion").isGiven && !!rayVersionIn(headOf(job)),
    problem: (job) =>
      `KubeRay does not know that the image has Ray ${rayVersionIn(headOf(job))}, and leaves out what only newer versions can do`,
    hint: (job) => `Set "rayVersion" to "${rayVersionIn(headOf(job))}"`,
    refused: clusterOf({ enableInTreeAutoscaling: true, rayVersion: null }),
    accepted: clusterOf({ enableInTreeAutoscaling: true, rayVersion: "2.52.0" }),
  },
];

const saidToRay = ["num-cpus", "num-gpus", "memory", "resources"];

function twiceSaid(group: Place): string | undefined {
  return saidToRay.find((name) => textAt(group.at("rayStartParams"), name) !== "");
}

function rayVersionIn(group: Place): string | undefined {
  return rayVersionOfImage(textAt(rayContainerOf(group), "image"));
}

function differ(version: string | undefined, other: string | undefined): boolean {
  if (version === undefined || other === undefined) return false;
  return isOlder(version, other) === true || isOlder(other, version) === true;
}
