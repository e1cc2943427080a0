import type { Finding } from "../../findings/finding.ts";
import type { PropertyMap } from "../../values/value.ts";
import { maxNameLength } from "../names.ts";
import { isOlder } from "../rules/version.ts";

/** How long the name of a RayCronJob may be; where no version of KubeRay is known, for the one that takes most. */
export function maxCronJobNameLength(version: string): number {
  return isOlder(version, "1.7.0") === false ? longestSince : longestBefore;
}

/** What is wrong with the name that a RayCronJob is given. Those of its RayJobs begin with it. */
export function writtenNameFindings({ name }: PropertyMap, version: string): Finding[] {
  if (typeof name !== "string" || name === "") return [];
  const isFit = /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name);
  return [...lengthFindings(name, version), ...(isFit ? [] : [unfit(name)])];
}

function lengthFindings({ length }: string, version: string): Finding[] {
  const longest = maxCronJobNameLength(version);
  if (length > longest) return [tooLong(length, `KubeRay takes ${longest}`, "error")];
  const isTooLongLater = version === "" && length > longestSince;
  return isTooLongLater ? [tooLong(length, `KubeRay 1.7 takes ${longestSince}`, "warning")] : [];
}

function tooLong(length: number, taken: string, severity: Finding["severity"]): Finding {
  const problem = `Cannot name a RayCronJob with ${length} characters: ${taken}`;
  return { code: "RJ101", severity, path: ["metadata", "name"], problem, hint: 'Shorten "name"' };
}

function unfit(name: string): Finding {
  const problem = `Cannot name a RayCronJob "${name}": KubeRay makes host names from it`;
  const hint = "Use lower-case letters, digits and dashes, with a letter first and no dash last";
  return { code: "RJ102", severity: "error", path: ["metadata", "name"], problem, hint };
}

// KubeRay 1.7 takes 36 itself: to the names of the RayJobs it adds a dash and up to ten digits. Before, a dash and five.
const longestSince = maxNameLength - 11;
const longestBefore = maxNameLength - 6;
