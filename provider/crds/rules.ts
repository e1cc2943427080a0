import { suggestionOf } from "../findings/closest.ts";
import type { Finding } from "../findings/finding.ts";
import { formatPath, type PropertyPath } from "../values/path.ts";
import type { PropertyMap, Value } from "../values/value.ts";
import { compareVersions, isKubeRayVersion, kubeRayVersions } from "./release.ts";

/** What is wrong with the arguments of a `KubeRayCrds`, beside their shape. Unknown values are skipped. */
export function crdsFindings(inputs: PropertyMap, oldInputs: PropertyMap, secrets: readonly PropertyPath[]): Finding[] {
  return [
    ...versionFindings(inputs.version),
    ...downgradeFindings(inputs, oldInputs.version),
    ...sourceFindings(inputs.source),
    ...secrets.map(secretFinding),
  ];
}

function versionFindings(version: Value | undefined): Finding[] {
  if (typeof version !== "string" || isKubeRayVersion(version)) return [];
  return [
    {
      code: "RJ841",
      severity: "error",
      path: ["version"],
      problem: `Cannot install the CRDs of KubeRay "${version}": this package does not know their hashes`,
      hint: suggestionOf(version, kubeRayVersions),
    },
  ];
}

function downgradeFindings({ version, force }: PropertyMap, before: Value | undefined): Finding[] {
  if (!isKubeRayVersion(version) || !isKubeRayVersion(before) || (force !== false && force !== undefined)) return [];
  if (compareVersions(version, before) >= 0) return [];
  return [
    {
      code: "RJ842",
      severity: "error",
      path: ["version"],
      problem: `Cannot go back from the CRDs of KubeRay ${before} to ${version}: stored objects would lose the fields that ${version} does not know`,
      hint: `Keep "version" at ${before}, or set "force" to true`,
    },
  ];
}

function sourceFindings(source: Value | undefined): Finding[] {
  if (typeof source !== "string" || !isMisunderstood(source)) return [];
  return [
    {
      code: "RJ843",
      severity: "error",
      path: ["source"],
      problem: 'Cannot fetch the CRDs from "source": it is neither a folder nor a plain base URL',
      hint: "Write a path, or https://… without user, query and fragment",
    },
  ];
}

function isMisunderstood(source: string): boolean {
  if (source.trim() === "") return true;
  if (!isUrl(source)) return false;
  if (!URL.canParse(source)) return true;
  const { protocol, username, password, search, hash } = new URL(source);
  return !/^https?:$/.test(protocol) || [username, password, search, hash].some((part) => part !== "");
}

/** Whether a source of files is a URL; it is a folder otherwise. */
export function isUrl(source: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(source);
}

function secretFinding(path: PropertyPath): Finding {
  return {
    code: "RJ844",
    severity: "error",
    path,
    problem: `Cannot keep "${formatPath(path)}" secret: errors and the cluster show it`,
    hint: "Give it as a plain value",
  };
}
