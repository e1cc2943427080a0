import { defaultKubeRayVersion } from "../../crds/release.ts";
import { crdsFindings } from "../../crds/rules.ts";
import { shapeFindings } from "../../findings/shape.ts";
import { packageSchema } from "../../schema/packageSchema.ts";
import type { CheckRequest, CheckResult } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import { checkFailureOf } from "../checkFailure.ts";

/** Refuses versions whose files cannot be verified and steps back, and completes the version. Neither reads nor fetches anything. */
export async function check({ newInputs, oldInputs, secrets }: CheckRequest): Promise<CheckResult> {
  const inputs = completed(newInputs);
  const findings = [
    ...shapeFindings(inputs, await packageSchema(), "rayjob:index:KubeRayCrds"),
    ...crdsFindings(inputs, oldInputs, secrets),
  ];
  return { inputs, failures: findings.map(checkFailureOf) };
}

// Written down, so that a package with another default shows the update in its preview.
function completed(inputs: PropertyMap): PropertyMap {
  const given = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null));
  return { ...given, version: given.version ?? defaultKubeRayVersion };
}
