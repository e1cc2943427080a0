import { deletionRules, ruleForEachOutcome } from "./examples.ts";
import { deletionRulesOf, isAttached, isBefore, textAt } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

/** What KubeRay deletes once the job is over. */
export const deletionStrategyRules: readonly Rule[] = [
  {
    code: "RJ421",
    // KubeRay marks them as deprecated, and decides by Ray's status alone. A job that fails beside Ray (it was never
    // submitted, or a deadline is over) has none, or still RUNNING: whatever they say, its cluster would run for ever.
    refuses: "the older way to say what to delete, which leaves clusters behind (E15), alone or beside rules (J7, J17)",
    each: (job) => legacy.map((name) => job.at("deletionStrategy", name)),
    path: [],
    broken: (policy) => policy.isThere,
    problem: (policy) => `Cannot follow "${policy.name}": it says nothing about a job that fails before Ray runs it`,
    hint: 'Use "deletionRules", one for the "jobStatus" SUCCEEDED and one for the "jobDeploymentStatus" Failed',
    refused: { deletionStrategy: { deletionRules: ruleForEachOutcome(), onFailure: { policy: "DeleteNone" } } },
    accepted: deletionRules(),
  },
  {
    code: "RJ422",
    refuses: "a deletion strategy that says nothing (J8)",
    path: ["deletionStrategy", "deletionRules"],
    broken: (job) => {
      const strategy = job.at("deletionStrategy");
      return strategy.isSent && deletionRulesOf(job).length === 0 && !legacy.some((name) => strategy.at(name).isThere);
    },
    problem: 'There is no rule in "deletionStrategy"',
    hint: 'Add rules, or drop "deletionStrategy": the cluster is then deleted by "shutdownAfterJobFinishes"',
    refused: { deletionStrategy: { deletionRules: [] } },
    accepted: deletionRules(),
  },
  {
    code: "RJ423",
    // KubeRay takes such rules, and the cluster of a job that ends otherwise costs money until somebody sees it. Retries
    // do not help: each deletes the cluster of the attempt before it, but nothing deletes the last one's. A jobStatus of
    // FAILED is not enough, as a job that fails beside Ray has another one or none; a jobDeploymentStatus of Failed has both.
    // Whoever wants to keep a cluster says so: DeleteNone counts. Before 1.6 there was no such condition.
    refuses: "deletion rules that leave a cluster running without a word (E15, C5)",
    path: ["deletionStrategy", "deletionRules"],
    broken: (job) =>
      deletionRulesOf(job).length > 0 && !isAttached(job) && !isBefore("1.6.0", job) && leftOut(job) !== undefined,
    problem: (job) => `No rule is for a job that ${leftOut(job)?.words}: its cluster would run for ever`,
    hint: (job) => {
      const { condition } = leftOut(job) ?? {};
      return `Add a rule for the ${condition}, with DeleteCluster, or with DeleteNone to keep the cluster`;
    },
    refused: { deletionStrategy: { deletionRules: ruleForEachOutcome().slice(0, 1) } },
    accepted: { deletionStrategy: { deletionRules: ruleForEachOutcome() } },
  },
];

const legacy = ["onSuccess", "onFailure"];
const outcomes = [
  { name: "jobStatus", value: "SUCCEEDED", words: "has succeeded", condition: '"jobStatus" SUCCEEDED' },
  { name: "jobDeploymentStatus", value: "Failed", words: "has failed", condition: '"jobDeploymentStatus" Failed' },
];

/** The outcome that no rule is for. */
function leftOut(job: Place) {
  return outcomes.find(
    ({ name, value }) => !deletionRulesOf(job).some((rule) => textAt(rule.at("condition"), name) === value),
  );
}
