import { type Finding, sentenceOf } from "../../findings/finding.ts";
import { shapeFindings } from "../../findings/shape.ts";
import { changesBetween } from "../../job/changes.ts";
import { rayJobNameOf } from "../../job/names.ts";
import { secretFindings } from "../../job/rules/secrets.ts";
import { validate } from "../../job/rules/validate.ts";
import { packageSchema } from "../../schema/packageSchema.ts";
import type { CheckRequest, CheckResult, Subject } from "../../server/customResource.ts";
import type { PropertyPath } from "../../values/path.ts";
import { type PropertyMap, type Value, withUnknownAt } from "../../values/value.ts";
import { checkFailureOf } from "../checkFailure.ts";
import { withNamespace } from "../namespace.ts";

/** Refuses what KubeRay or Ray would refuse later, and completes the namespace and the name. */
export async function check(request: CheckRequest): Promise<CheckResult> {
  const inputs = completed(request);
  const findings = [
    ...secretFindings(secretsOf(request)),
    ...shapeFindings(inputs, await packageSchema(), "rayjob:index:RayJob"),
    // The rules' sentences show values.
    ...validate(withUnknownAt(inputs, request.secrets)),
  ];
  return {
    inputs,
    failures: findings.filter(isError).map(checkFailureOf),
    warnings: findings.filter((finding) => !isError(finding)).map(sentenceOf),
  };
}

/** The secrets among the arguments, the namespace included that comes from the provider. */
function secretsOf({ secrets, newInputs, configurationSecrets = [] }: CheckRequest): readonly PropertyPath[] {
  const isGiven = newInputs.namespace !== undefined && newInputs.namespace !== null;
  return isGiven ? secrets : [...secrets, ...configurationSecrets.filter(([name]) => name === "namespace")];
}

function completed({ urn, name: logicalName, oldInputs, newInputs, configuration }: CheckRequest): PropertyMap {
  const inputs = withNamespace(newInputs, configuration);
  const name: Value = newInputs.name ?? nameOf({ urn, name: logicalName }, oldInputs, inputs);
  return { ...inputs, name };
}

/**
 * A generated name holds as long as the job does: a new version of this package that generated another one would
 * otherwise re-run every job of every stack.
 */
function nameOf(resource: Subject, oldInputs: PropertyMap, inputs: PropertyMap): Value {
  const { name } = oldInputs;
  if (name === undefined) return rayJobNameOf(resource, inputs);
  const reruns = changesBetween(oldInputs, { ...inputs, name }).some((change) => change.class === "rerun");
  return reruns ? rayJobNameOf(resource, inputs) : name;
}

function isError(finding: Finding): boolean {
  return finding.severity === "error";
}
