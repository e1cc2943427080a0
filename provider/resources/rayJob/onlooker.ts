import type { RunEvent } from "../../job/report.ts";

/** Whoever waits: is shown what happens meanwhile, and may give up. */
export interface Onlooker {
  show(event: RunEvent): void;
  /**
   * Shows what the driver prints, where the arguments ask for it, and tells which line was shown last, and whether that has
   * hidden what `show` has shown. Done when all is.
   */
  print(lines: AsyncIterable<string>, shown: (line: string, row?: "hidden") => void): Promise<void>;
  warn(message: string): void;
  readonly signal: AbortSignal;
  /** Whether that is of interest although the job has ended already. */
  readonly looksBack?: boolean;
}
