import { readdir, realpath, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, relative, resolve } from "node:path";
import { ifThere } from "./ifThere.ts";
import { PackagingError, quoted } from "./packagingError.ts";

/** The absolute location of the directory; throws a PackagingError that names it when there is none. */
export async function directoryAt(path: string, base: string): Promise<string> {
  const location = resolve(base, path);
  const found = await ifThere(location, stat(location));
  if (found?.isDirectory()) return location;
  if (found !== undefined) {
    throw new PackagingError(
      `Cannot package ${quoted(location)}: it is not a directory, nor a .zip or .whl file. ` +
        "Name the directory that it is in, or the one that the archive was made of",
    );
  }
  const hint = isAbsolute(path) ? "Correct the path" : await relativePathHint(path, base);
  const what = /\.(zip|whl)$/.test(path) ? "file" : "directory";
  throw new PackagingError(`Cannot package ${quoted(location)}: there is no such ${what}. ${hint}`);
}

/** Where relative paths start, in one sentence, for whoever gave one that leads nowhere. */
export async function relativePathHint(path: string, base: string): Promise<string> {
  const start = "A relative path starts at the program's folder";
  if (isAbsolute(path) || !(await isTemporaryProgram(base))) return start;
  return (
    `${start}, which is an empty temporary one for an inline program of the Automation API: set \`workDir\` in its options, ` +
    "or give an absolute path"
  );
}

/** Whether the folder looks like the one that the Automation API makes: temporary, with Pulumi's own files at most. */
async function isTemporaryProgram(folder: string): Promise<boolean> {
  const [real, temporary] = await Promise.all([realpath(folder), realpath(tmpdir())]);
  const inside = relative(temporary, real);
  if (inside === "" || inside.startsWith("..") || isAbsolute(inside)) return false;
  return (await readdir(real)).every((name) => /^Pulumi\b.*\.(yaml|yml|json)$/.test(name));
}
