import type { Finding } from "../findings/finding.ts";
import { formatPath, type PropertyPath } from "../values/path.ts";
import { inOneLine } from "./oneLine.ts";

/** Where something is in a file. */
export interface Spot {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * What people, editors and problem matchers read of a property: `FILE:LINE:COLUMN: severity: path: sentence`. It is one line,
 * whatever the names and values in it: GitHub obeys the lines of a log that begin with `::`.
 */
export function findingLine(
  { file, line, column }: Spot,
  path: PropertyPath,
  severity: Finding["severity"],
  sentence: string,
): string {
  return `${inOneLine(`${file}:${line}:${column}: ${severity}: ${formatPath(path)}: ${sentence}`)}\n`;
}
