import { type Finding, sentenceOf } from "../../findings/finding.ts";
import { withName } from "../../job/completed.ts";
import { findingsOf } from "../../job/findings.ts";
import { rayJobKnowledge } from "../../schema/packageSchema.ts";
import type { CheckRequest, CheckResult } from "../../server/customResource.ts";
import type { PropertyPath } from "../../values/path.ts";
import { checkFailureOf } from "../checkFailure.ts";
import { withNamespace } from "../namespace.ts";
import { withPackages } from "./packageFiles.ts";

/** Refuses what KubeRay or Ray would refuse later, takes in files of packages, and completes the namespace and the name. */
export async function check(request: CheckRequest): Promise<CheckResult> {
  const { urn, name, oldInputs, configuration } = request;
  // A secret path is refused, and an error about the file would show it.
  const { inputs: newInputs, failures } = await withPackages(request.newInputs, request.secrets);
  const inputs = withName({ urn, name }, oldInputs, withNamespace(newInputs, configuration));
  const findings = findingsOf(inputs, await rayJobKnowledge(), secretsOf(request));
  return {
    inputs,
    failures: [...findings.filter(isError).map(checkFailureOf), ...failures],
    warnings: findings.filter((finding) => !isError(finding)).map(sentenceOf),
  };
}

/** The secrets among the arguments, the namespace included that comes from the provider. */
function secretsOf({ secrets, newInputs, configurationSecrets = [] }: CheckRequest): readonly PropertyPath[] {
  const isGiven = newInputs.namespace !== undefined && newInputs.namespace !== null;
  return isGiven ? secrets : [...secrets, ...configurationSecrets.filter(([name]) => name === "namespace")];
}

function isError(finding: Finding): boolean {
  return finding.severity === "error";
}
