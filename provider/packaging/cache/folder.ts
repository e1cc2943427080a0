import { mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { isInside } from "../links.ts";
import { codeOf } from "../packagingError.ts";

/**
 * The user's folder of what was found out about directories, `rayjob/packaging` in the system's place for caches. Undefined when
 * there can be none, or when it is not the user's alone: then all is found out anew.
 */
export function cacheFolder(): string | undefined {
  const { XDG_CACHE_HOME = "" } = process.env;
  const caches = isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
  const folder = join(caches, "rayjob", "packaging");
  try {
    for (const each of [caches, join(caches, "rayjob"), folder]) makeFolder(each);
    const { uid, mode } = statSync(folder);
    return uid === process.geteuid?.() && (mode & 0o077) === 0 ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** The same, unless it lies in the directory: a cache would be packaged, and every survey would change what it surveys. */
export function cacheFolderOutside(directory: string): string | undefined {
  const folder = cacheFolder();
  return folder === undefined || isInside(realpathSync.native(folder), directory) ? undefined : folder;
}

/** One at a time: Node's own `recursive` tries for ever where a file system refuses to make any, as /proc does. */
function makeFolder(location: string): void {
  try {
    mkdirSync(location, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

/** Writes a file at once or not at all, whatever happens; what nobody has used for long goes. */
export function writeCacheFile(folder: string, name: string, content: Buffer): void {
  const temporary = join(folder, `${name}.${process.pid}.${Math.random().toString(36).slice(2)}.new`);
  try {
    writeFileSync(temporary, content, { mode: 0o600, flag: "wx" });
    renameSync(temporary, join(folder, name));
    prune(folder);
  } catch {
    rmSync(temporary, { force: true });
  }
}

/** Says that a file is in use, once a day. */
export function keepCacheFile(location: string): void {
  try {
    const now = Date.now();
    if (now - statSync(location).mtimeMs > day) utimesSync(location, now / 1000, now / 1000);
  } catch {
    // It is gone, or not ours: as good as never written.
  }
}

/** Removes all of it. */
export function forgetAll(): void {
  const folder = cacheFolder();
  if (folder === undefined) return;
  try {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
  } catch {
    // What cannot be removed cannot be written anew either.
  }
}

function prune(folder: string): void {
  const files = readdirSync(folder).map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }));
  const isOld = ({ name, at }: (typeof files)[number]) => name.endsWith(".new") && Date.now() - at > hour;
  const most = files.filter(({ name }) => !name.endsWith(".new")).sort((a, b) => b.at - a.at);
  for (const { name } of [...files.filter(isOld), ...most.slice(mostFiles)])
    rmSync(join(folder, name), { force: true });
}

const mostFiles = 100;
const hour = 3_600_000;
const day = 24 * hour;
