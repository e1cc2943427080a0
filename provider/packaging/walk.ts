import type { Dirent, Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { IgnoreRules } from "./ignoreRules.ts";
import { codeOf, PackagingError, unreadable } from "./packagingError.ts";

/** A file to package. */
export interface FoundFile {
  /** Relative to the packaged directory, with slashes on every system. */
  readonly path: string;
  readonly location: string;
}

export interface Walk {
  /** Sorted by the bytes of their paths, which no locale changes. */
  readonly files: readonly FoundFile[];
  /** How many files and directories were left out; what lies in such a directory is not counted. */
  readonly ignored: number;
}

/**
 * Finds the files to package. Symbolic links are followed, as Ray follows them: a job gets what the link leads to, wherever
 * that lies. A link that leads nowhere is left out, as are sockets, pipes and devices. Directories are made by the files
 * in them; Ray keeps empty ones, but git does not, and a clone is to be the same package.
 */
export async function walk(root: string, excludes: readonly string[]): Promise<Walk> {
  const found: FoundFile[] = [];
  let ignored = 0;
  await visit({ path: "", location: root, real: await realpath(root) }, IgnoreRules.of(excludes));
  return { files: sorted(found), ignored };

  async function visit(directory: Directory, outer: IgnoreRules): Promise<void> {
    const entries = await entriesOf(directory.location);
    const rules = await outer.inside(directory.path, directory.location, new Set(entries.map(({ name }) => name)));
    for (const entry of entries) {
      const path = directory.path === "" ? entry.name : `${directory.path}/${entry.name}`;
      const location = join(directory.location, entry.name);
      if (rules.leavesOut(path)) ignored += 1;
      else await take(entry, { path, location }, directory, rules);
    }
  }

  async function take(entry: Dirent, place: FoundFile, parent: Directory, rules: IgnoreRules): Promise<void> {
    const target = entry.isSymbolicLink() ? await targetOf(place.location) : entry;
    if (target?.isFile()) found.push(checked(place));
    if (!target?.isDirectory()) return;
    const real = entry.isSymbolicLink() ? await realpath(place.location) : join(parent.real, entry.name);
    await visit(withoutLoop({ ...place, real, parent }), rules);
  }
}

interface Directory extends FoundFile {
  /** Where it lies when all links are followed. */
  readonly real: string;
  readonly parent?: Directory;
}

async function entriesOf(location: string): Promise<Dirent[]> {
  try {
    return await readdir(location, { withFileTypes: true });
  } catch (error) {
    throw unreadable(location, error);
  }
}

async function targetOf(location: string): Promise<Stats | undefined> {
  try {
    return await stat(location);
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "ELOOP"].includes(codeOf(error))) return undefined;
    throw unreadable(location, error);
  }
}

function checked(file: FoundFile): FoundFile {
  if (!file.path.includes("\\")) return file;
  throw new PackagingError(
    `Cannot package "${file.location}": zip files know no backslash in a name. Rename it, or name it in \`excludes\``,
  );
}

function withoutLoop(directory: Directory): Directory {
  for (let above = directory.parent; above !== undefined; above = above.parent) {
    if (above.real !== directory.real) continue;
    throw new PackagingError(
      `Cannot package "${directory.location}": it is a link to "${above.location}", which it lies in. Name it in \`excludes\``,
    );
  }
  return directory;
}

function sorted(files: readonly FoundFile[]): FoundFile[] {
  return files
    .map((file) => ({ file, key: Buffer.from(file.path) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ file }) => file);
}
