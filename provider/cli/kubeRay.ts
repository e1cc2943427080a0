import { InvalidArgumentError } from "commander";
import { type KubeRayVersion, kubeRayVersions } from "../crds/release.ts";

/** A version of KubeRay that is asked for, and the one of the same minor version whose fields and rules are known. */
export interface AskedVersion {
  readonly written: string;
  readonly known: KubeRayVersion;
}

/** Reads a version, with or without a `v`. Throws an InvalidArgumentError for one of which nothing is known. */
export function askedVersionOf(text: string): AskedVersion {
  const [, written, minor] = /^v?((\d+\.\d+)(?:\.\d+)?)$/.exec(text) ?? [];
  const known = kubeRayVersions.find((version) => version.startsWith(`${minor}.`));
  if (written !== undefined && known !== undefined) return { written, known };
  throw new InvalidArgumentError(`Use one of ${kubeRayVersions.join(", ")}, or another one of these minor versions.`);
}

/** Reads feature gates in the form of Kubernetes' own options, `A=true,B=false`, after those that are read already. */
export function askedFeatureGatesOf(
  text: string,
  others: Readonly<Record<string, boolean>> = {},
): Record<string, boolean> {
  const gates = text.split(",").map((each) => {
    const [, name, value] = /^\s*(\w+)=(true|false)\s*$/.exec(each) ?? [];
    if (name === undefined) throw new InvalidArgumentError("Write names with true or false, such as A=true,B=false.");
    return [name, value === "true"] as const;
  });
  return { ...others, ...Object.fromEntries(gates) };
}
