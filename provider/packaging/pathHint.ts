import { readdir, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, relative } from "node:path";

/** What to do about a path that leads nowhere, for whoever gave it; relative ones start at `base`. */
export async function pathHint(path: string, base: string): Promise<string> {
  if (isAbsolute(path)) return pathHints.absolute;
  return (await isTemporaryProgram(base)) ? pathHints.inline : pathHints.relative;
}

export const pathHints = {
  absolute: "Correct the path",
  relative: "Correct the path; a relative one starts at the program's folder",
  inline:
    "Set `workDir` in the options of the Automation API, or give an absolute path; a relative one starts at the program's " +
    "folder, which is an empty temporary one for an inline program",
} as const;

/** Whether the folder looks like the one that the Automation API makes: temporary, with Pulumi's own files at most. */
async function isTemporaryProgram(folder: string): Promise<boolean> {
  const [real, temporary] = await Promise.all([realpath(folder), realpath(tmpdir())]);
  const inside = relative(temporary, real);
  if (inside === "" || inside.startsWith("..") || isAbsolute(inside)) return false;
  return (await readdir(real)).every((name) => /^Pulumi\b.*\.(yaml|yml|json)$/.test(name));
}
