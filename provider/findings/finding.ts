import type { PropertyPath } from "../values/path.ts";

/** Something wrong with the arguments, at one place in them. */
export interface Finding {
  /** `RJ` and a number that is never used again for something else. */
  readonly code: Code;
  readonly path: PropertyPath;
  readonly severity: "error" | "warning";
  /** What is wrong, with the value that is: `Cannot …: "shutdownAfterJobFinishes" is false`. */
  readonly problem: string;
  /** What to do about it. */
  readonly hint: string;
}

export type Code = `RJ${number}`;

/** The finding in one sentence and a hint, for wherever its path is shown beside it. */
export function sentenceOf({ code, problem, hint }: Finding): string {
  return `${problem}. Hint: ${hint} (${code})`;
}
