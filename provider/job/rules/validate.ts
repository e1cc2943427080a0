import type { Finding } from "../../findings/finding.ts";
import type { PropertyMap } from "../../values/value.ts";
import { withDefaults } from "../defaults.ts";
import { clusterRules } from "./cluster.ts";
import { identityRules } from "./identity.ts";
import { lifetimeRules } from "./lifetime.ts";
import { mountRules } from "./mounts.ts";
import { NotKnown, Place } from "./place.ts";
import type { Rule } from "./rule.ts";
import { runtimeEnvironmentRules } from "./runtimeEnvironment.ts";
import { submissionRules } from "./submission.ts";
import { waitingRules } from "./waiting.ts";

/**
 * Everything that is wrong with a job's arguments, all at once. Unknown values are skipped: they come back, known, when
 * the deployment runs. Sentences show values, so pass secret ones as UNKNOWN.
 */
export function validate(inputs: PropertyMap): Finding[] {
  const job = new Place(withDefaults(inputs));
  return rules.flatMap((rule) => findingsOf(rule, job));
}

export const rules: readonly Rule[] = [
  ...identityRules,
  ...submissionRules,
  ...clusterRules,
  ...lifetimeRules,
  ...runtimeEnvironmentRules,
  ...waitingRules,
  ...mountRules,
];

function findingsOf(rule: Rule, job: Place): Finding[] {
  const judged = ifKnown(() => rule.each?.(job) ?? [job]) ?? [];
  return judged.flatMap((place) => ifKnown(() => (rule.broken(place, job) ? [findingOf(rule, place, job)] : [])) ?? []);
}

function findingOf(rule: Rule, judged: Place, job: Place): Finding {
  const { code, severity = "error", problem, hint } = rule;
  return {
    code,
    severity,
    path: [...judged.path, ...rule.path],
    problem: typeof problem === "string" ? problem : problem(judged, job),
    hint: typeof hint === "string" ? hint : hint(judged, job),
  };
}

function ifKnown<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotKnown) return undefined;
    throw error;
  }
}
