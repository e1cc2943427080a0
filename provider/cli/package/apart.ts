import { readdir, realpath } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { outputInside } from "../../packaging/failures/output.ts";
import { ifThere } from "../../packaging/ifThere.ts";
import { IgnoreRules } from "../../packaging/ignoreRules.ts";

/** Throws a PackagingError for a file in the directory that is packaged, unless it is left out: the next package would hold it. */
export async function assertApart(file: string, directory: string, excludes: readonly string[]): Promise<void> {
  const root = await ifThere(directory, realpath(directory));
  const parent = dirname(resolve(file));
  const folder = await ifThere(parent, realpath(parent));
  // What is not there, the packaging or the writing says.
  if (root === undefined || folder === undefined) return;
  const path = relative(root, join(folder, basename(file)));
  if (path.startsWith(`..${sep}`) || (await isLeftOut(path.split(sep), root, excludes))) return;
  throw outputInside(file, path);
}

async function isLeftOut(names: readonly string[], root: string, excludes: readonly string[]): Promise<boolean> {
  let rules = IgnoreRules.of(excludes);
  for (const depth of names.keys()) {
    const above = names.slice(0, depth);
    const location = join(root, ...above);
    rules = rules.inside(above.join("/"), location, new Set(await readdir(location)));
    if (rules.leavesOut(names.slice(0, depth + 1).join("/"))) return true;
  }
  return false;
}
