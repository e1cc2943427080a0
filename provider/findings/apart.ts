import type { PropertyPath } from "../values/path.ts";
import type { Finding } from "./finding.ts";

/** The findings that are neither at a place of one of the others nor inside of it: a mistake is told once. */
export function apartFrom<Kind extends Pick<Finding, "path">>(
  others: readonly Kind[],
  findings: readonly Kind[],
): Kind[] {
  return findings.filter(({ path }) => !others.some((other) => isWithin(path, other.path)));
}

function isWithin(path: PropertyPath, other: PropertyPath): boolean {
  return other.every((element, index) => element === path[index]);
}
