import type { PropertyMap } from "../../values/value.ts";
import { queueLabel } from "../live.ts";
import { attached, clusterOf, groupOf } from "./examples.ts";
import { isAttached, isAutoscaling, modeOf, shutsDown, workersOf } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

const elastic = "kueue.x-k8s.io/elastic-job";

/** A job in one of Kueue's queues, which holds it back until there is room. */
export const kueueRules: readonly Rule[] = [
  {
    code: "RJ121",
    refuses: "a queued job whose cluster would keep its room for ever: Kueue's webhook",
    path: ["shutdownAfterJobFinishes"],
    broken: (job) => isQueued(job) && !isAttached(job) && !shutsDown(job),
    problem: 'Cannot queue a job unless "shutdownAfterJobFinishes" is true',
    hint: `Set it to true (without "deletionStrategy"), or drop the label "${queueLabel}"`,
    refused: { shutdownAfterJobFinishes: false, ...queued() },
    accepted: queued(),
  },
  {
    code: "RJ122",
    refuses: "queueing for a cluster that is there already: Kueue disregards it",
    severity: "warning",
    path: ["labels", queueLabel],
    broken: (job) => isQueued(job) && isAttached(job),
    problem: "A job on an existing cluster is in no queue: its cluster has its room",
    hint: `Drop the label "${queueLabel}"`,
    refused: { ...queued(), ...attached },
    accepted: queued(),
  },
  {
    code: "RJ123",
    refuses: "a queued cluster that grows: Kueue's webhook",
    path: ["rayClusterSpec", "enableInTreeAutoscaling"],
    broken: (job) => isQueued(job) && isAutoscaling(job) && job.at("annotations", elastic).text !== "true",
    problem: "Cannot queue a job with autoscaling: Kueue makes room for what it is told",
    hint: `Drop "enableInTreeAutoscaling", or set the annotation "${elastic}" to "true" if Kueue has elastic jobs switched on`,
    refused: { ...queued(), ...clusterOf({ enableInTreeAutoscaling: true }) },
    accepted: { ...queued(), ...clusterOf({ enableInTreeAutoscaling: true }), annotations: { [elastic]: "true" } },
  },
  {
    code: "RJ124",
    refuses: "holding back a job that Kueue holds back (C19)",
    path: ["suspend"],
    broken: (job) => isQueued(job) && job.at("suspend").flag === true,
    problem: "Cannot suspend a queued job: Kueue sets and unsets it",
    hint: `Drop "suspend", or the label "${queueLabel}"`,
    refused: { suspend: true, waitFor: "none", ...queued() },
    accepted: { suspend: true, waitFor: "none" },
  },
  {
    code: "RJ125",
    // A workload has 18 pod sets: the head's, those of the workers, and that of the submitter where it is a pod.
    refuses: "more groups than Kueue counts: Kueue's webhook",
    path: ["rayClusterSpec", "workerGroupSpecs"],
    broken: (job) => isQueued(job) && workersOf(job).length > mostGroups(job),
    problem: (job) => `Cannot queue a job with ${workersOf(job).length} worker groups: Kueue takes ${mostGroups(job)}`,
    hint: "Merge groups of equal pods into one",
    refused: { ...queued(), ...clusterOf({ workerGroupSpecs: groups(17) }) },
    accepted: { ...queued(), ...clusterOf({ workerGroupSpecs: groups(16) }) },
  },
  {
    code: "RJ126",
    refuses: "a worker group with the head's name: Kueue's webhook",
    each: workersOf,
    path: ["groupName"],
    broken: (group, job) => isQueued(job) && group.at("groupName").text === "head",
    problem: 'Cannot queue a job with a worker group "head": Kueue calls the head so',
    hint: "Give the group another name",
    refused: { ...queued(), ...clusterOf({ workerGroupSpecs: [groupOf({ groupName: "head" })] }) },
    accepted: clusterOf({ workerGroupSpecs: [groupOf({ groupName: "head" })] }),
  },
];

function isQueued(job: Place): boolean {
  return job.at("labels", queueLabel).isGiven;
}

function mostGroups(job: Place): number {
  return modeOf(job) === "K8sJobMode" ? 16 : 17;
}

function queued(): PropertyMap {
  return { labels: { [queueLabel]: "ml" } };
}

function groups(count: number): PropertyMap[] {
  return Array.from({ length: count }, (_, index) => groupOf({ groupName: `group-${index}` }));
}
