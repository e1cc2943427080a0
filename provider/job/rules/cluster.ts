import { attached, clusterOf, clusterWith } from "./examples.ts";
import { groupNameOf, groupsOf, workersOf } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

/** What the job runs on. */
export const clusterRules: readonly Rule[] = [
  {
    code: "RJ301",
    refuses: "a job without a cluster (J19)",
    path: ["rayClusterSpec"],
    broken: (job) => !clusters.some((name) => job.at(name).isGiven),
    problem: "Cannot tell which cluster to run on",
    hint: 'Set "rayClusterSpec" to make one, or "existingCluster" to the name of one',
    refused: { rayClusterSpec: null },
    accepted: attached,
  },
  {
    code: "RJ302",
    refuses: "a cluster to make beside one to use: KubeRay ignores the former",
    path: ["rayClusterSpec"],
    broken: (job) => job.at("rayClusterSpec").isGiven && existing.some((name) => job.at(name).isGiven),
    problem: (job) =>
      `Cannot make a cluster and use another one: "${existing.find((name) => job.at(name).isGiven)}" is set, too`,
    hint: 'Drop "rayClusterSpec", or the other one',
    refused: { existingCluster: "shared" },
    accepted: attached,
  },
  {
    code: "RJ303",
    refuses: "two ways to say which cluster to use",
    path: ["clusterSelector"],
    broken: (job) => existing.every((name) => job.at(name).isGiven),
    problem: 'Cannot take both "existingCluster" and "clusterSelector"',
    hint: 'Drop "clusterSelector"',
    refused: { ...attached, clusterSelector: { "ray.io/cluster": "shared" } },
    accepted: { rayClusterSpec: null, clusterSelector: { "ray.io/cluster": "shared" } },
  },
  {
    code: "RJ304",
    refuses: "a selector without the only label that KubeRay reads (J20)",
    path: ["clusterSelector"],
    broken: (job) =>
      job.at("clusterSelector").isGiven &&
      !job.at("clusterSelector", "ray.io/cluster").isGiven &&
      !job.at("existingCluster").isGiven,
    problem: 'Cannot find a cluster by "clusterSelector" without its "ray.io/cluster"',
    hint: 'Set "existingCluster" to the name of the cluster',
    refused: { rayClusterSpec: null, clusterSelector: { team: "ml" } },
    accepted: { rayClusterSpec: null, clusterSelector: { "ray.io/cluster": "shared" } },
  },
  {
    code: "RJ305",
    refuses: "Ray nodes without a container (K1)",
    each: groupsOf,
    path: ["template", "spec", "containers"],
    broken: (group) => !group.at("template", "spec", "containers").isGiven,
    problem: (group) => `The pods of ${groupNameOf(group)} have no container`,
    hint: "Add a container whose image has Ray; the first one runs it",
    refused: { rayClusterSpec: { headGroupSpec: { template: { spec: { containers: [] } } } } },
    accepted: clusterWith({ groupName: "gpu" }),
  },
  {
    code: "RJ306",
    refuses: "worker groups of one name: their pods could not be told apart (K28)",
    each: workersOf,
    path: ["groupName"],
    broken: (group, job) => workersOf(job).some((other) => isBefore(other, group) && sameName(other, group)),
    problem: (group) => `There is another worker group "${group.at("groupName").text}"`,
    hint: 'Give each worker group a "groupName" of its own',
    refused: clusterWith({ groupName: "gpu" }, { groupName: "gpu" }),
    accepted: clusterWith({ groupName: "gpu" }, { groupName: "cpu" }),
  },
  {
    code: "RJ307",
    refuses: "a worker group with a floor above its ceiling (K5)",
    each: workersOf,
    path: ["minReplicas"],
    broken: (group) =>
      (group.at("minReplicas").number ?? 0) > (group.at("maxReplicas").number ?? Number.POSITIVE_INFINITY),
    problem: (group) =>
      `Cannot keep at least ${group.at("minReplicas").number} workers: "maxReplicas" is ${group.at("maxReplicas").number}`,
    hint: 'Lower "minReplicas", or raise "maxReplicas"',
    refused: clusterWith({ groupName: "gpu", minReplicas: 4, maxReplicas: 2 }),
    accepted: clusterWith({ groupName: "gpu", minReplicas: 2, maxReplicas: 4 }),
  },
  {
    code: "RJ308",
    refuses: "less than no worker (K5)",
    each: (job) => workersOf(job).flatMap((group) => counts.map((name) => group.at(name))),
    path: [],
    broken: (count) => (count.number ?? 0) < 0,
    problem: (count) => `Cannot have ${count.number} workers`,
    hint: (count) => `Set "${count.name}" to 0 or more`,
    refused: clusterWith({ groupName: "gpu", replicas: -1 }),
    accepted: clusterWith({ groupName: "gpu", replicas: 0 }),
  },
  {
    code: "RJ309",
    refuses: "authentication by Kubernetes tokens, which KubeRay cannot use for a RayJob (J26)",
    path: ["rayClusterSpec", "authOptions", "enableK8sTokenAuth"],
    broken: (job) => job.at("rayClusterSpec", "authOptions", "enableK8sTokenAuth").flag === true,
    problem: "Cannot authenticate a RayJob by Kubernetes tokens",
    hint: 'Drop "enableK8sTokenAuth"; the mode "token" works with a Secret',
    refused: clusterOf({ authOptions: { mode: "token", enableK8sTokenAuth: true }, rayVersion: "2.52.0" }),
    accepted: clusterOf({ authOptions: { mode: "token" }, rayVersion: "2.52.0" }),
  },
  {
    code: "RJ310",
    refuses: "an upgrade strategy, for which a RayJob would hang without a word (K26)",
    path: ["rayClusterSpec", "upgradeStrategy"],
    broken: (job) => job.at("rayClusterSpec", "upgradeStrategy").isGiven,
    problem: "Cannot upgrade the cluster of a RayJob: it lives as long as the job",
    hint: 'Drop "upgradeStrategy"',
    refused: clusterOf({ upgradeStrategy: { type: "Recreate" } }),
    accepted: clusterOf({}),
  },
];

const existing = ["existingCluster", "clusterSelector"];
const clusters = ["rayClusterSpec", ...existing];
const counts = ["replicas", "minReplicas", "maxReplicas"];

function isBefore(other: Place, group: Place): boolean {
  return Number(other.name) < Number(group.name);
}

function sameName(other: Place, group: Place): boolean {
  return group.at("groupName").isGiven && other.at("groupName").text === group.at("groupName").text;
}
