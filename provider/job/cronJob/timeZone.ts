import { closestOf } from "../../findings/closest.ts";
import type { Finding } from "../../findings/finding.ts";
import type { Value } from "../../values/value.ts";
import { isOlder } from "../rules/version.ts";

/** What is wrong with the time zone of a RayCronJob. */
export function timeZoneFindings(zone: Value | undefined, version: string): Finding[] {
  if (zone === undefined) return [];
  const at = { severity: "error", path: ["spec", "timeZone"] } as const;
  if (isOlder(version, "1.7.0") === true) {
    const problem = `KubeRay ${version} has no "timeZone"`;
    return [{ code: "RJ004", ...at, problem, hint: "Install KubeRay 1.7.0 or newer, or drop it" }];
  }
  if (typeof zone !== "string" || (zone !== "" && isZoneOfGo(zone))) return [];
  const closest = closestOf(zone, Intl.supportedValuesOf("timeZone"));
  const hint = closest === undefined ? 'Write one by its name, such as "Europe/Berlin"' : `Did you mean "${closest}"?`;
  return [{ code: "RJ233", ...at, problem: `KubeRay knows no time zone "${zone}"`, hint }];
}

/** Whether Go finds a time zone by this name; it is a file's, so that upper and lower case differ. */
export function isZoneOfGo(name: string): boolean {
  if (name === "" || name === "Local") return true;
  const written = Intl.supportedValuesOf("timeZone").find((each) => each.toLowerCase() === name.toLowerCase());
  if (written !== undefined) return written === name;
  // Offsets are no files.
  return /^[A-Za-z]/.test(name) && isKnownHere(name);
}

function isKnownHere(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
