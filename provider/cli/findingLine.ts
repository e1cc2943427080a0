import { type Finding, sentenceOf } from "../findings/finding.ts";
import { formatPath, type PropertyPath } from "../values/path.ts";

/** Where something is in a file. */
export interface Spot {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What people, editors and problem matchers read of a property: `FILE:LINE:COLUMN: severity: path: sentence`. */
export function findingLine(
  { file, line, column }: Spot,
  path: PropertyPath,
  severity: Finding["severity"],
  sentence: string,
): string {
  return `${file}:${line}:${column}: ${severity}: ${formatPath(path)}: ${sentence}\n`;
}

/** A finding's sentence in one line, whatever the values in it. */
export function sentenceInLine(finding: Finding): string {
  return sentenceOf(finding).replace(/\s*\n\s*/g, " ");
}
