import { suggestionOf } from "../../findings/closest.ts";
import type { PropertyMap } from "../../values/value.ts";
import { clusterOf, deletionRules } from "./examples.ts";
import { deletionRulesOf, isAutoscaling, textAt } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

/** Each of the rules by which KubeRay deletes something. */
export const deletionRuleRules: readonly Rule[] = [
  {
    code: "RJ431",
    refuses: "a policy that KubeRay does not know (J10)",
    each: deletionRulesOf,
    path: ["policy"],
    broken: (rule) => !policies.includes(textAt(rule, "policy")),
    problem: (rule) => `There is no deletion policy "${textAt(rule, "policy")}"`,
    hint: (rule) => suggestionOf(textAt(rule, "policy"), policies),
    refused: deletionRules({ policy: "DeleteClusters", condition: { jobStatus: "FAILED" } }),
    accepted: deletionRules({ policy: "DeleteNone", condition: { jobStatus: "FAILED" } }),
  },
  {
    code: "RJ432",
    refuses: "a RayJob that goes behind Pulumi's back (C7)",
    each: deletionRulesOf,
    path: ["policy"],
    broken: (rule) => textAt(rule, "policy") === "DeleteSelf",
    problem:
      "Cannot let KubeRay delete the RayJob: its outcome and its log would go with it, and a deployment that has not " +
      "seen them would run the job again",
    hint: 'Use "DeleteCluster"; the RayJob costs nothing, and `pulumi destroy` deletes it',
    refused: deletionRules({ policy: "DeleteSelf", condition: { jobStatus: "SUCCEEDED", ttlSeconds: 60 } }),
    accepted: deletionRules(),
  },
  {
    code: "RJ433",
    refuses: "a deletion rule for no outcome, or for two at once (J11)",
    each: deletionRulesOf,
    path: ["condition"],
    broken: (rule) => statuses.filter((name) => rule.at("condition", name).isThere).length !== 1,
    problem: 'A deletion rule needs either a "jobStatus" or a "jobDeploymentStatus"',
    hint: "Keep one of them; two rules can do the same",
    refused: deletionRules({ policy: "DeleteNone", condition: { jobStatus: "FAILED", jobDeploymentStatus: "Failed" } }),
    accepted: deletionRules({ policy: "DeleteNone", condition: { jobStatus: "FAILED" } }),
  },
  {
    code: "RJ434",
    refuses: "an outcome for which there are no rules (J12)",
    each: (job) => deletionRulesOf(job).flatMap((rule) => statuses.map((name) => rule.at("condition", name))),
    path: [],
    broken: (status) => status.isThere && !valuesOf(status).includes(status.text ?? ""),
    problem: (status) => `There is no deletion rule for the ${status.name} "${status.text}"`,
    hint: (status) => suggestionOf(status.text ?? "", valuesOf(status)),
    refused: deletionRules({ policy: "DeleteNone", condition: { jobStatus: "STOPPED" } }),
    accepted: deletionRules({ policy: "DeleteNone", condition: { jobStatus: "FAILED" } }),
  },
  {
    code: "RJ435",
    refuses: "a time to live below zero (J12)",
    each: deletionRulesOf,
    path: ["condition", "ttlSeconds"],
    broken: (rule) => ttlOf(rule) < 0,
    problem: (rule) => `Cannot delete anything ${ttlOf(rule)} s after the job's end`,
    hint: 'Set "ttlSeconds" to 0 or more',
    refused: deletionRules({ policy: "DeleteNone", condition: { jobStatus: "FAILED", ttlSeconds: -1 } }),
    accepted: deletionRules({ policy: "DeleteNone", condition: { jobStatus: "FAILED", ttlSeconds: 0 } }),
  },
  {
    code: "RJ436",
    refuses: "deleting workers that the autoscaler would bring back (J14)",
    each: deletionRulesOf,
    path: ["policy"],
    broken: (rule, job) => textAt(rule, "policy") === "DeleteWorkers" && isAutoscaling(job),
    problem: "Cannot delete the workers of a cluster with autoscaling",
    hint: 'Use "DeleteCluster", or drop "enableInTreeAutoscaling"',
    refused: { ...rulesOnWorkers(), ...clusterOf({ enableInTreeAutoscaling: true }) },
    accepted: rulesOnWorkers(),
  },
  {
    code: "RJ437",
    refuses: "two rules for one policy and outcome (J15)",
    each: deletionRulesOf,
    path: [],
    broken: (rule, job) =>
      deletionRulesOf(job).some((other) => Number(other.name) < Number(rule.name) && areAlike(other, rule)),
    problem: (rule) => `There is another rule for ${textAt(rule, "policy")} and "${outcomeOf(rule)}"`,
    hint: "Keep one of them",
    refused: deletionRules({ policy: "DeleteCluster", condition: { jobStatus: "SUCCEEDED", ttlSeconds: 60 } }),
    accepted: deletionRules({ policy: "DeleteCluster", condition: { jobStatus: "FAILED", ttlSeconds: 60 } }),
  },
  {
    code: "RJ438",
    refuses: "deleting the whole before its part (J16)",
    each: deletionRulesOf,
    path: ["condition", "ttlSeconds"],
    broken: (rule, job) => lessAfter(rule, job) !== undefined,
    problem: (rule, job) =>
      `Cannot follow ${textAt(rule, "policy")} after ${ttlOf(rule)} s: ${lessAfter(rule, job)} comes later`,
    hint: "Delete the workers first, then the cluster",
    refused: deletionRules({ policy: "DeleteWorkers", condition: { jobStatus: "SUCCEEDED", ttlSeconds: 600 } }),
    accepted: deletionRules({ policy: "DeleteWorkers", condition: { jobStatus: "SUCCEEDED", ttlSeconds: 0 } }),
  },
];

const statuses = ["jobStatus", "jobDeploymentStatus"];
const order = ["DeleteWorkers", "DeleteCluster", "DeleteSelf"];
const policies = [...order, "DeleteNone"];

function valuesOf(status: Place): readonly string[] {
  return status.name === "jobStatus" ? ["SUCCEEDED", "FAILED"] : ["Failed"];
}

function ttlOf(rule: Place): number {
  return rule.at("condition", "ttlSeconds").number ?? 0;
}

function outcomeOf(rule: Place): string | undefined {
  return statuses.map((name) => rule.at("condition", name).text).find((value) => value !== undefined);
}

function areAlike(rule: Place, other: Place): boolean {
  return textAt(rule, "policy") === textAt(other, "policy") && outcomeOf(rule) === outcomeOf(other);
}

/** The policy that deletes less than the rule's, for the same outcome and only after it. */
function lessAfter(rule: Place, job: Place): string | undefined {
  const reach = order.indexOf(textAt(rule, "policy"));
  const later = deletionRulesOf(job).filter(
    (other) => outcomeOf(other) === outcomeOf(rule) && ttlOf(other) > ttlOf(rule),
  );
  return later
    .map((other) => textAt(other, "policy"))
    .find((policy) => {
      const place = order.indexOf(policy);
      return place >= 0 && place < reach;
    });
}

function rulesOnWorkers(): PropertyMap {
  return deletionRules({ policy: "DeleteWorkers", condition: { jobStatus: "SUCCEEDED" } });
}
