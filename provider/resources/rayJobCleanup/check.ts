import { sentenceOf } from "../../findings/finding.ts";
import { shapeFindings } from "../../findings/shape.ts";
import { packageSchema } from "../../schema/packageSchema.ts";
import type { CheckRequest, CheckResult } from "../../server/customResource.ts";
import { isKnown, isList, type PropertyMap, type Value, withoutNulls } from "../../values/value.ts";

/** Completes the namespace, and sorts the names: their order means nothing. */
export async function check({ newInputs, configuration }: CheckRequest): Promise<CheckResult> {
  const namespace: Value = newInputs.namespace ?? configuration.namespace ?? "default";
  const inputs: PropertyMap = { ...withoutNulls(newInputs), namespace };
  const findings = shapeFindings(inputs, await packageSchema(), "rayjob:index:RayJobCleanup");
  return {
    inputs: isList(inputs.jobs) && isKnown(inputs.jobs) ? { ...inputs, jobs: [...inputs.jobs].sort() } : inputs,
    failures: findings.map((finding) => ({ path: finding.path, reason: sentenceOf(finding) })),
  };
}
