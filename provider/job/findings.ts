import { apartFrom } from "../findings/apart.ts";
import type { Finding } from "../findings/finding.ts";
import { type PackageSchema, shapeFindings } from "../findings/shape.ts";
import type { PropertyPath } from "../values/path.ts";
import { type PropertyMap, withUnknownAt } from "../values/value.ts";
import { secretFindings } from "./rules/secrets.ts";
import { asSaid, shortFormFindings } from "./rules/shortForm.ts";
import { validate } from "./rules/validate.ts";
import { withClusterWritten, withTemplates } from "./shortForm.ts";
import type { KubeRayFields } from "./spec/fields.ts";
import { specFindings } from "./spec/specFindings.ts";
import { versionFindings } from "./spec/versions.ts";

/** What the arguments of a `RayJob` are judged by. */
export interface Knowledge {
  /** The package's schema, in which KubeRay's objects are known down to their last fields. */
  readonly schema: PackageSchema;
  readonly fields: KubeRayFields;
}

/**
 * Everything that is wrong with the arguments of a `RayJob` whose name and namespace are filled in: what has another shape than
 * it must have is told once. What is at one of the paths is secret, and shows up in no sentence.
 */
export function findingsOf(
  inputs: PropertyMap,
  { schema, fields }: Knowledge,
  secrets: readonly PropertyPath[] = [],
): Finding[] {
  // The rules' sentences show values.
  const readable = withUnknownAt(inputs, secrets);
  const complete: PropertyMap = { ...inputs, rayClusterSpec: withTemplates(inputs.rayClusterSpec) };
  const misshapen = [
    ...shapeFindings(complete, schema, "rayjob:index:RayJob"),
    ...versionFindings(inputs, String(inputs.kubeRayVersion), fields),
  ];
  const broken = [
    ...shortFormFindings(readable),
    ...asSaid([...validate(readable), ...specFindings(withClusterWritten(readable), fields)], readable),
  ];
  return [...secretFindings(secrets), ...misshapen, ...apartFrom(misshapen, broken)];
}
