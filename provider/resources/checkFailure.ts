import { type Finding, sentenceOf } from "../findings/finding.ts";
import type { CheckFailure } from "../server/customResource.ts";

/** A finding as Pulumi shows it, at its property. */
export function checkFailureOf(finding: Finding): CheckFailure {
  return { path: finding.path, reason: sentenceOf(finding) };
}
