import type { Archive } from "../../values/archive.ts";

/** What a WorkingDir is made of. */
export interface Source {
  /** Where it is on this machine, unless it is an archive. */
  readonly path?: string;
  readonly archive?: Archive;
  readonly excludes: readonly string[];
  readonly includeParentDir: boolean;
  /** Whether what is in it is to be imported. */
  readonly asModule?: boolean;
}
