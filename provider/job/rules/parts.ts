import { type FeatureGate, isOnByDefault } from "../../crds/featureGates.ts";
import type { Place } from "./place.ts";
import { isOlder } from "./version.ts";

/** The groups of Ray nodes of the cluster that is made: the head's, then the workers'. */
export function groupsOf(job: Place): readonly Place[] {
  return job.at("rayClusterSpec").isGiven ? [headOf(job), ...workersOf(job)] : [];
}

export function headOf(job: Place): Place {
  return job.at("rayClusterSpec", "headGroupSpec");
}

export function workersOf(job: Place): readonly Place[] {
  return job.at("rayClusterSpec", "workerGroupSpecs").items;
}

/** How a sentence calls a group. */
export function groupNameOf(group: Place): string {
  return group.name === "headGroupSpec" ? "the head" : `the worker group "${group.at("groupName").text ?? group.name}"`;
}

/** The specs of Ray's pods: of the head first, then of each group of workers. */
export function podsOf(job: Place): readonly Place[] {
  return groupsOf(job).map(podSpecOf);
}

export function podSpecOf(group: Place): Place {
  return group.at("template", "spec");
}

/** The container of a group's pods that runs Ray: the first one. */
export function rayContainerOf(group: Place): Place {
  return podSpecOf(group).at("containers", 0);
}

/** The variables of a list of them that have one of the names. */
export function variablesOf(env: Place, names: readonly string[]): readonly Place[] {
  return env.items.filter((variable) => names.includes(variable.at("name").text ?? ""));
}

/** The version of Ray that the cluster is said to have; empty if none is. */
export function rayVersionOf(job: Place): string {
  return textAt(job.at("rayClusterSpec"), "rayVersion");
}

export function autoscalerOf(job: Place): Place {
  return job.at("rayClusterSpec", "autoscalerOptions");
}

export function isAutoscaling(job: Place): boolean {
  return job.at("rayClusterSpec", "enableInTreeAutoscaling").flag === true;
}

export function isAttached(job: Place): boolean {
  return job.at("existingCluster").isGiven || job.at("clusterSelector").isGiven;
}

export function shutsDown(job: Place): boolean {
  return job.at("shutdownAfterJobFinishes").flag === true;
}

/** What KubeRay is told to delete, and when. */
export function deletionRulesOf(job: Place): readonly Place[] {
  return job.at("deletionStrategy", "deletionRules").items;
}

export function modeOf(job: Place): string {
  const { text, isSent } = job.at("submissionMode");
  return text !== undefined && isSent ? text : "K8sJobMode";
}

/** Whether the job is known to be for a KubeRay that is older than a version. */
export function isBefore(version: string, job: Place): boolean {
  return isOlder(textAt(job, "kubeRayVersion"), version) === true;
}

/** Whether one of KubeRay's feature gates is known to be off. */
export function isSwitchedOff(gate: FeatureGate, job: Place): boolean {
  const said = job.at("kubeRayFeatureGates", gate).flag;
  const version = textAt(job, "kubeRayVersion");
  return said === undefined ? version !== "" && !isOnByDefault(gate, version) : !said;
}

/** The values of a property of an object of texts, such as the parameters of `ray start`. */
export function textAt(place: Place, name: string): string {
  return place.at(name).text ?? "";
}
