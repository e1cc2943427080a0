import type { Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, relative, resolve } from "node:path";
import { codeOf, PackagingError, unreadable } from "./packagingError.ts";

/** The absolute location of the directory; throws a PackagingError that names it when there is none. */
export async function directoryAt(path: string, base: string): Promise<string> {
  const location = resolve(base, path);
  const found = await statOf(location);
  if (found?.isDirectory()) return location;
  if (found !== undefined) {
    throw new PackagingError(`Cannot package "${location}": it is not a directory. Name the directory that it is in`);
  }
  const hint = !isAbsolute(path) && (await isTemporaryProgram(base)) ? hints.temporary : hints.usual;
  throw new PackagingError(`Cannot package "${location}": there is no such directory. ${hint}`);
}

const hints = {
  usual: "A relative `path` starts at the program's folder",
  temporary:
    "A relative `path` starts at the program's folder, which is an empty temporary one for an inline program of the " +
    "Automation API: set `workDir` in its options, or give an absolute path",
};

async function statOf(location: string): Promise<Stats | undefined> {
  try {
    return await stat(location);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) return undefined;
    throw unreadable(location, error);
  }
}

/** Whether the folder looks like the one that the Automation API makes: temporary, with Pulumi's own files at most. */
async function isTemporaryProgram(folder: string): Promise<boolean> {
  const [real, temporary] = await Promise.all([realpath(folder), realpath(tmpdir())]);
  const inside = relative(temporary, real);
  if (inside === "" || inside.startsWith("..") || isAbsolute(inside)) return false;
  return (await readdir(real)).every((name) => /^Pulumi\b.*\.(yaml|yml|json)$/.test(name));
}
