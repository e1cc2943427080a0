import type { Finding } from "../findings/finding.ts";
import type { PropertyMap, Value } from "../values/value.ts";
import { isGiven } from "./defaults.ts";

/** What is wrong with the version of KubeRay's API that a manifest names, of the versions that the kind comes in. */
export function apiVersionFindings({ apiVersion }: PropertyMap, known: readonly ApiVersion[]): Finding[] {
  if (apiVersion === "ray.io/v1") return [];
  const at = { code: "RJ005", path: ["apiVersion"], hint: 'Write "ray.io/v1"' } as const;
  if (!isGiven(apiVersion)) return [{ ...at, severity: "error", problem: '"apiVersion" is missing' }];
  return known.some((each) => each === apiVersion)
    ? [{ ...at, severity: "warning", problem: `"${String(apiVersion)}" is deprecated` }]
    : [{ ...at, severity: "error", problem: `KubeRay does not know "${String(apiVersion)}"` }];
}

export type ApiVersion = "ray.io/v1" | "ray.io/v1alpha1";

/** What is wrong with a name that is missing, or that the API server generates, for a kind whose names are bounded. */
export function nameFindings(metadata: PropertyMap, kind: string, maxLength: number): Finding[] {
  if (isGiven(metadata.name)) return [];
  if (isGiven(metadata.generateName)) return generatedNameFindings(metadata.generateName, maxLength);
  const problem = `A ${kind} needs a name`;
  const hint = 'Set "name", or "generateName" for `kubectl create`';
  return [{ code: "RJ003", severity: "error", path: ["metadata", "name"], problem, hint }];
}

/** The API server appends five letters and digits. */
function generatedNameFindings(base: Value | undefined, maxLength: number): Finding[] {
  if (typeof base !== "string") return [];
  const at = { severity: "error", path: ["metadata", "generateName"] } as const;
  const longest = maxLength - 5;
  const tooLong = `Cannot generate a name from ${base.length} characters: KubeRay takes ${maxLength}, and 5 are added`;
  const unfit = `Cannot generate a name from "${base}": KubeRay makes host names from it`;
  const hint = "Use lower-case letters, digits and dashes, with a letter first";
  return [
    ...(base.length > longest
      ? [{ code: "RJ101", ...at, problem: tooLong, hint: `Shorten "generateName" to ${longest} characters` } as const]
      : []),
    ...(/^[a-z][-a-z0-9]*$/.test(base) ? [] : [{ code: "RJ102", ...at, problem: unfit, hint } as const]),
  ];
}
