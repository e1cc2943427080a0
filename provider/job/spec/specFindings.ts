import type { Finding } from "../../findings/finding.ts";
import type { PropertyMap } from "../../values/value.ts";
import { amountFindings } from "./amounts.ts";
import { choiceFindings } from "./choices.ts";
import type { KubeRayFields } from "./fields.ts";
import { repeatedFindings } from "./repeated.ts";
import { typedValues } from "./values.ts";

/** What the API server refuses by the CRDs although it has the right shape. */
export function specFindings(spec: PropertyMap, fields: KubeRayFields): Finding[] {
  const values = typedValues(spec, fields);
  return [...repeatedFindings(values), ...amountFindings(values), ...choiceFindings(values)];
}
