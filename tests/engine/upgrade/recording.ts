import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { Program } from "../../support/rig.ts";

/** The stack of an earlier commit: its program, with the code that it packages, and its state as `pulumi stack export` gave it. */
export interface Recording {
  readonly folder: string;
  readonly program: Program;
}

/** The folder `tests/engine/upgrade/COMMIT`. */
export async function recordingOf(commit: string): Promise<Recording> {
  const folder = join(import.meta.dirname, commit);
  return { folder, program: parse(await readFile(join(folder, "program.yaml"), "utf8")) };
}
