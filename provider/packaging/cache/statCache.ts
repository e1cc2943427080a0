import { createHash } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Digested, FileStats } from "../digests.ts";
import { cacheFolderOutside, keepCacheFile, writeCacheFile } from "./folder.ts";

/**
 * What the files of a directory held when they were read last, so that those need not be read again that are by their looks
 * what they were: size, mode, time of change, inode and device. A file counts only if it had not been touched for a while
 * when it was read: clocks are coarse, and another edit in the same instant would leave no trace.
 *
 * Good enough to say that nothing has changed; what is uploaded is read, and must be what was said of it. A cache that cannot be
 * read or written is none.
 */
export class StatCache {
  readonly #folder: string | undefined;
  readonly #name: string;
  readonly #known: ReadonlyMap<string, Entry>;
  readonly #used = new Map<string, Entry>();
  #hasNews = false;

  private constructor(folder: string | undefined, name: string, known: ReadonlyMap<string, Entry>) {
    this.#folder = folder;
    this.#name = name;
    this.#known = known;
  }

  /** Of a directory with these excludes; with others it has other files. */
  static of(directory: string, excludes: readonly string[]): StatCache {
    const real = realpathSync.native(directory);
    const folder = cacheFolderOutside(real);
    const key = JSON.stringify([format, real, excludes]);
    const name = `${sha256(key).slice(0, 32)}.json`;
    return new StatCache(folder, name, folder === undefined ? new Map() : entriesIn(join(folder, name)));
  }

  /** The SHA-256 of the file's bytes, if it is by its looks what it was. */
  digestOf(path: string, stats: FileStats): Buffer | undefined {
    const entry = this.#known.get(path);
    if (entry === undefined || !isSame(entry, stats)) return undefined;
    this.#used.set(path, entry);
    return Buffer.from(entry[0], "base64");
  }

  /** Takes note of a file that was read. */
  note(path: string, file: Digested): void {
    if (Math.max(file.mtimeMs, file.ctimeMs) > file.readAt - calmMilliseconds) return;
    const { digest, size, mode, mtimeMs, ctimeMs, ino, dev } = file;
    this.#used.set(path, [digest, size, mode, mtimeMs, ctimeMs, ino, dev]);
    this.#hasNews = true;
  }

  /** Keeps what was used and noted. */
  save(): void {
    if (this.#folder === undefined || this.#used.size > mostEntries) return;
    if (this.#hasNews || this.#used.size < this.#known.size) {
      const text = JSON.stringify([...this.#used]);
      writeCacheFile(this.#folder, this.#name, `${sha256(text)}\n${text}`);
    } else {
      keepCacheFile(join(this.#folder, this.#name));
    }
  }
}

type Entry = readonly [
  digest: string,
  size: number,
  mode: number,
  mtimeMs: number,
  ctimeMs: number,
  ino: number,
  dev: number,
];

// Written out: it is asked of every file, and this is ten times as fast.
function isSame(entry: Entry, { size, mode, mtimeMs, ctimeMs, ino, dev }: FileStats): boolean {
  return (
    entry[1] === size &&
    entry[2] === mode &&
    entry[3] === mtimeMs &&
    entry[4] === ctimeMs &&
    entry[5] === ino &&
    entry[6] === dev
  );
}

function entriesIn(location: string): ReadonlyMap<string, Entry> {
  try {
    const content = readFileSync(location, "utf8");
    const end = content.indexOf("\n");
    const text = content.slice(end + 1);
    return sha256(text) === content.slice(0, end) ? new Map(JSON.parse(text) as [string, Entry][]) : new Map();
  } catch {
    return new Map();
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

// Changes when what is kept does.
const format = "rayjob packaging cache 1";
/** Longer than the clocks of file systems tick. */
const calmMilliseconds = 2_000;
const mostEntries = 500_000;
