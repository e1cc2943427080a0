import type { PropertyMap } from "../../values/value.ts";
import { clusterOf, clusterWithHead, groupOf, podOf } from "./examples.ts";
import {
  autoscalerOf,
  groupNameOf,
  groupsOf,
  headOf,
  isAutoscaling,
  podSpecOf,
  rayContainerOf,
  rayVersionOf,
  textAt,
  variablesOf,
  workersOf,
} from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";
import { isOlder } from "./version.ts";

const ownImage = podOf("ray", { image: "example.com/train:7" });
const version2 = "RAY_enable_autoscaler_v2";
const startCommand = "KUBERAY_GEN_AUTOSCALER_START_CMD";

/** Ray's autoscaler. */
export const autoscalingRules: readonly Rule[] = [
  {
    code: "RJ331",
    refuses: "less than no idle time (K6, K17)",
    each: (job) => [autoscalerOf(job), ...workersOf(job)].map((place) => place.at("idleTimeoutSeconds")),
    path: [],
    broken: (timeout) => (timeout.number ?? 0) < 0,
    problem: (timeout) => `Cannot stop a worker that is idle for ${timeout.number} s`,
    hint: 'Set "idleTimeoutSeconds" to 0 or more',
    refused: clusterOf({ autoscalerOptions: { idleTimeoutSeconds: -1 } }),
    accepted: clusterOf({ autoscalerOptions: { idleTimeoutSeconds: 0 } }),
  },
  {
    code: "RJ332",
    refuses: "an idle time of one group, which only the autoscaler's second version knows (K6)",
    each: workersOf,
    path: ["idleTimeoutSeconds"],
    broken: (group, job) => group.at("idleTimeoutSeconds").isThere && !isVersion2(job) && !isSwitchedOn(job),
    problem: (group) => `Cannot give ${groupNameOf(group)} an idle time of its own with this autoscaler`,
    hint: 'Set "autoscalerOptions.version" to "v2"',
    refused: scaled({}, { idleTimeoutSeconds: 60 }),
    accepted: scaled({ autoscalerOptions: { version: "v2" } }, { idleTimeoutSeconds: 60 }),
  },
  {
    code: "RJ333",
    refuses: "the variable that switches the second autoscaler on where there is none (K14)",
    each: switchesOf,
    path: ["value"],
    broken: (_, job) => !isAutoscaling(job) && isSwitchedOn(job),
    problem: `Cannot switch an autoscaler on by ${version2}: there is none`,
    hint: 'Set "enableInTreeAutoscaling" to true, or drop the variable',
    refused: switched({}),
    accepted: switched({ enableInTreeAutoscaling: true }),
  },
  {
    code: "RJ334",
    refuses: "two ways to choose the autoscaler (K15)",
    each: switchesOf,
    path: ["name"],
    broken: (_, job) => isAutoscaling(job) && autoscalerOf(job).at("version").isThere,
    problem: `Cannot choose the autoscaler by ${version2} and by "autoscalerOptions.version"`,
    hint: "Drop the variable",
    refused: switched({ enableInTreeAutoscaling: true, autoscalerOptions: { version: "v2" } }),
    accepted: switched({ enableInTreeAutoscaling: true }),
  },
  {
    code: "RJ335",
    refuses: "nodes that restart under the second autoscaler, which replaces them (K16)",
    each: groupsOf,
    path: ["template", "spec", "restartPolicy"],
    broken: (group, job) => isAutoscaling(job) && isVersion2(job) && !["", "Never"].includes(restartPolicyOf(group)),
    problem: (group) =>
      `The pods of ${groupNameOf(group)} cannot have the restart policy "${restartPolicyOf(group)}" with the autoscaler v2`,
    hint: 'Set "restartPolicy" to "Never", or drop it',
    refused: scaled(
      { autoscalerOptions: { version: "v2" } },
      { template: podOf("ray", {}, { restartPolicy: "Always" }) },
    ),
    accepted: scaled(
      { autoscalerOptions: { version: "v2" } },
      { template: podOf("ray", {}, { restartPolicy: "Never" }) },
    ),
  },
  {
    code: "RJ336",
    refuses: "a variable that KubeRay makes for the autoscaler itself (K18)",
    each: (job) => variablesOf(autoscalerOf(job).at("env"), [startCommand]),
    path: ["name"],
    broken: () => true,
    problem: `Cannot set ${startCommand}: KubeRay does`,
    hint: 'Drop the variable; "args" may use it',
    refused: clusterOf({ autoscalerOptions: { env: [{ name: startCommand, value: "ray" }] } }),
    accepted: clusterOf({ autoscalerOptions: { env: [{ name: "RAY_LOG_LEVEL", value: "debug" }] } }),
  },
  {
    code: "RJ337",
    refuses: "a group's priority without a Ray that heeds it (K7)",
    each: workersOf,
    path: ["priority"],
    broken: (group, job) =>
      (group.at("priority").number ?? 0) !== 0 &&
      (isOlder(rayVersionOf(job), "2.56.0") !== false || !(isVersion2(job) || isSwitchedOn(job))),
    problem: (group) => `Cannot give ${groupNameOf(group)} a priority with this Ray or this autoscaler`,
    hint: 'Set "rayVersion" to 2.56.0 or newer, and "autoscalerOptions.version" to "v2"',
    refused: scaled({ autoscalerOptions: { version: "v2" } }, { priority: 1 }),
    accepted: scaled(
      { autoscalerOptions: { version: "v2" }, rayVersion: "2.56.0", headGroupSpec: { template: ownImage } },
      { priority: 1, template: ownImage },
    ),
  },
  {
    code: "RJ338",
    refuses: "a service account whose name KubeRay cuts off when there is an autoscaler (E17)",
    each: (job) => [serviceAccountOf(job)],
    path: [],
    broken: (account, job) => isAutoscaling(job) && account.fails((name) => name.length <= 50),
    problem: (account) =>
      `Cannot give the autoscaler a service account whose name has ${account.text?.length} characters: KubeRay takes the last 50`,
    hint: "Use a service account with a shorter name",
    refused: { serviceAccountName: "a".repeat(51), ...clusterOf({ enableInTreeAutoscaling: true }) },
    accepted: { serviceAccountName: "a".repeat(50), ...clusterOf({ enableInTreeAutoscaling: true }) },
  },
];

/** What the head's template says holds. */
function serviceAccountOf(job: Place): Place {
  const ofTemplate = podSpecOf(headOf(job)).at("serviceAccountName");
  return ofTemplate.isGiven ? ofTemplate : job.at("serviceAccountName");
}

export function isVersion2(job: Place): boolean {
  return autoscalerOf(job).at("version").text === "v2";
}

/** The variable by which Ray itself chooses the autoscaler. Of two, KubeRay sees the first. */
function switchesOf(job: Place): readonly Place[] {
  return variablesOf(rayContainerOf(headOf(job)).at("env"), [version2]).slice(0, 1);
}

function isSwitchedOn(job: Place): boolean {
  return switchesOf(job).some((variable) => ["1", "true"].includes(textAt(variable, "value")));
}

function restartPolicyOf(group: Place): string {
  return textAt(podSpecOf(group), "restartPolicy");
}

/** A cluster with autoscaling, and one group of workers. */
function scaled(cluster: PropertyMap, group: PropertyMap): PropertyMap {
  const workerGroupSpecs = [groupOf({ groupName: "gpu", ...group })];
  return clusterOf({ enableInTreeAutoscaling: true, workerGroupSpecs, ...cluster });
}

function switched(cluster: PropertyMap): PropertyMap {
  return clusterWithHead({ template: podOf("ray-head", { env: [{ name: version2, value: "true" }] }) }, cluster);
}
