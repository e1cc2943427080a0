import { type Dirent, readdirSync, realpathSync } from "node:fs";
import { linkUpwards } from "./failures/directory.ts";
import { unreadable } from "./failures/reading.ts";
import { IgnoreRules } from "./ignoreRules.ts";
import { targetOf } from "./links.ts";
import { assertPackagable } from "./names.ts";
import { sortedByPath } from "./sortedByPath.ts";
import { Stretch } from "./stretch.ts";

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
 * Finds the files to package. Symbolic links inside the directory are followed, as Ray follows them: a job gets what the link
 * leads to. Sockets, pipes and devices are left out. Directories are made by the files in them; Ray keeps empty ones, but
 * git does not, and a clone is to be the same package.
 *
 * Throws a PackagingError for a link that leads nowhere or out of the directory, and for a name that no zip file can hold;
 * never for what is left out.
 */
export async function walk(root: string, excludes: readonly string[]): Promise<Walk> {
  const found: FoundFile[] = [];
  let ignored = 0;
  const stretch = new Stretch();
  const real = realpathSync.native(root);
  await visit({ path: "", location: root, real }, IgnoreRules.of(excludes));
  return { files: sortedByPath(found), ignored };

  async function visit(directory: Directory, outer: IgnoreRules): Promise<void> {
    if (stretch.isOver) await stretch.giveWay();
    const entries = entriesOf(directory.location);
    const rules = outer.inside(directory.path, directory.location, new Set(entries.map(({ name }) => name)));
    for (const entry of entries) {
      const path = directory.path === "" ? entry.name : `${directory.path}/${entry.name}`;
      if (rules.leavesOut(path, entry.name)) ignored += 1;
      else await take(entry, { path, location: `${directory.location}/${entry.name}` }, directory, rules);
    }
  }

  async function take(entry: Dirent, place: FoundFile, parent: Directory, rules: IgnoreRules): Promise<void> {
    const target = entry.isSymbolicLink() ? targetOf(place.location, real) : undefined;
    const kind = target?.stats ?? entry;
    if (!kind.isFile() && !kind.isDirectory()) return;
    assertPackagable(entry.name, parent.location);
    if (kind.isFile()) found.push(place);
    else await enter(place, target?.real, parent, rules);
  }

  async function enter(
    place: FoundFile,
    linked: string | undefined,
    parent: Directory,
    rules: IgnoreRules,
  ): Promise<void> {
    const directory = { ...place, real: linked ?? realpathBelow(parent, place), parent };
    if (linked !== undefined) assertNoLoop(directory);
    if (rules.leavesOutAllIn(place.path)) ignored += 1;
    else await visit(directory, rules);
  }
}

interface Directory extends FoundFile {
  /** Where it lies when all links are followed. */
  readonly real: string;
  readonly parent?: Directory;
}

function entriesOf(location: string): Dirent[] {
  try {
    return readdirSync(location, { withFileTypes: true });
  } catch (error) {
    throw unreadable(location, error);
  }
}

function realpathBelow(parent: Directory, { location }: FoundFile): string {
  return parent.real + location.slice(parent.location.length);
}

function assertNoLoop(directory: Directory): void {
  for (let above = directory.parent; above !== undefined; above = above.parent) {
    if (above.real === directory.real) throw linkUpwards(directory.location, above.location);
  }
}
