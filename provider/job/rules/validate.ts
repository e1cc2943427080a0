import type { Finding } from "../../findings/finding.ts";
import type { PropertyMap } from "../../values/value.ts";
import { withDefaults } from "../defaults.ts";
import { authenticationRules } from "./authentication.ts";
import { autoscalingRules } from "./autoscaling.ts";
import { choiceRules } from "./choices.ts";
import { clusterRules } from "./cluster.ts";
import { deletionRuleRules } from "./deletionRules.ts";
import { deletionStrategyRules } from "./deletionStrategy.ts";
import { faultToleranceRules } from "./faultTolerance.ts";
import { featureGateRules } from "./featureGates.ts";
import { fetchedCodeRules } from "./fetchedCode.ts";
import { groupRules } from "./groups.ts";
import { historyServerRules } from "./historyServer.ts";
import { identityRules } from "./identity.ts";
import { kubeRayVersionRules } from "./kubeRayVersion.ts";
import { kueueRules } from "./kueue.ts";
import { lifetimeRules } from "./lifetime.ts";
import { mountRules } from "./mounts.ts";
import { networkRules } from "./network.ts";
import { numberRules } from "./numbers.ts";
import { NotKnown, Place } from "./place.ts";
import { plainSecretRules } from "./plainSecrets.ts";
import { podRules } from "./pods.ts";
import { refusedPodRules } from "./refusedPods.ts";
import type { Rule } from "./rule.ts";
import { runtimeEnvironmentRules } from "./runtimeEnvironment.ts";
import { secretEnvRules } from "./secretEnv.ts";
import { stageRules } from "./stage.ts";
import { submissionRules } from "./submission.ts";
import { submitterRules } from "./submitter.ts";
import { waitingRules } from "./waiting.ts";
import { writtenEnvironmentRules } from "./writtenEnvironment.ts";

/**
 * Everything that is wrong with a job's arguments, all at once. Unknown values are skipped: they come back, known, when
 * the deployment runs. Sentences show values, so pass secret ones as UNKNOWN.
 */
export function validate(inputs: PropertyMap): Finding[] {
  return findingsAt(new Place(withDefaults(inputs)));
}

/** The same of a RayJob that is written by hand: nothing is filled in, and a field counts as soon as it is there. */
export function validateManifest(inputs: PropertyMap): Finding[] {
  return findingsAt(Place.ofManifest(inputs));
}

function findingsAt(job: Place): Finding[] {
  return rules.flatMap((rule) => findingsOf(rule, job));
}

export const rules: readonly Rule[] = [
  ...identityRules,
  ...kueueRules,
  ...numberRules,
  ...submissionRules,
  ...submitterRules,
  ...clusterRules,
  ...groupRules,
  ...autoscalingRules,
  ...faultToleranceRules,
  ...authenticationRules,
  ...podRules,
  ...refusedPodRules,
  ...choiceRules,
  ...networkRules,
  ...historyServerRules,
  ...lifetimeRules,
  ...deletionStrategyRules,
  ...deletionRuleRules,
  ...kubeRayVersionRules,
  ...featureGateRules,
  ...runtimeEnvironmentRules,
  ...fetchedCodeRules,
  ...writtenEnvironmentRules,
  ...waitingRules,
  ...mountRules,
  ...stageRules,
  ...secretEnvRules,
  ...plainSecretRules,
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
