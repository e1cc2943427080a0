import { sentenceOf } from "../../findings/finding.ts";
import { formatPath } from "../../values/path.ts";
import { findingLine } from "../findingLine.ts";
import type { Judged, Located } from "./judge.ts";

/** All that was judged, and what could not be. */
export interface Report extends Judged {
  /** Messages about files that cannot be read. */
  readonly unreadable: readonly string[];
}

/** For people and editors, a line for each finding: `FILE:LINE:COLUMN: severity: path: sentence (code)`. */
export function linesOf({ findings }: Report): string {
  return findings
    .map((located) => findingLine(located, located.finding.path, located.finding.severity, sentenceOf(located.finding)))
    .join("");
}

/** For machines, all of it. */
export function jsonOf({ rayJobs, skipped, findings, unreadable }: Report): string {
  const each = findings.map(({ finding: { path, ...finding }, ...place }) => ({
    ...place,
    path: formatPath(path),
    ...finding,
  }));
  const counts = { rayJobs, skipped, errors: countOf(findings, "error"), warnings: countOf(findings, "warning") };
  return `${JSON.stringify({ ...counts, findings: each, unreadable })}\n`;
}

/** In one line how much was judged. */
export function summaryOf({ rayJobs, skipped, findings }: Report): string {
  const others = skipped === 0 ? "" : `; ${counted(skipped, "other object")} not looked at`;
  const errors = counted(countOf(findings, "error"), "error");
  return `${counted(rayJobs, "RayJob")}: ${errors}, ${counted(countOf(findings, "warning"), "warning")}${others}\n`;
}

/** How many findings are of that severity. */
export function countOf(findings: readonly Located[], severity: "error" | "warning"): number {
  return findings.filter(({ finding }) => finding.severity === severity).length;
}

function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
