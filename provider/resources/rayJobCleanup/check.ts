import { shapeFindings } from "../../findings/shape.ts";
import { packageSchema } from "../../schema/packageSchema.ts";
import type { CheckRequest, CheckResult } from "../../server/customResource.ts";
import { isKnown, isList } from "../../values/value.ts";
import { checkFailureOf } from "../checkFailure.ts";
import { withNamespace } from "../namespace.ts";

/** Completes the namespace, and sorts the names: their order means nothing. */
export async function check({ newInputs, configuration }: CheckRequest): Promise<CheckResult> {
  const inputs = withNamespace(newInputs, configuration);
  const findings = shapeFindings(inputs, await packageSchema(), "rayjob:index:RayJobCleanup");
  return {
    inputs: isList(inputs.jobs) && isKnown(inputs.jobs) ? { ...inputs, jobs: [...inputs.jobs].sort() } : inputs,
    failures: findings.map(checkFailureOf),
  };
}
