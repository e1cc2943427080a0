import { createHash } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Digested, FileStats } from "../digests.ts";
import { type Columns, digestBytes, looksOfFile, read, written } from "./columns.ts";
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
  readonly #known: Columns;
  readonly #places: ReadonlyMap<string, number>;
  readonly #used: Used[] = [];
  #hasNews = false;

  private constructor(folder: string | undefined, name: string, known: Columns) {
    this.#folder = folder;
    this.#name = name;
    this.#known = known;
    this.#places = new Map(known.paths.map((path, index) => [path, index]));
  }

  /** Of a directory with these excludes; with others it has other files. */
  static of(directory: string, excludes: readonly string[]): StatCache {
    const real = realpathSync.native(directory);
    const folder = cacheFolderOutside(real);
    const key = JSON.stringify([format, real, excludes]);
    const name = createHash("sha256").update(key).digest("hex").slice(0, 32);
    return new StatCache(folder, name, folder === undefined ? nothing : columnsIn(join(folder, name)));
  }

  /** The SHA-256 of the file's bytes, if it is by its looks what it was. */
  digestOf(path: string, stats: FileStats): Buffer | undefined {
    const place = this.#places.get(path);
    if (place === undefined || !isSame(this.#known.looks, place * looksOfFile, stats)) return undefined;
    const digest = this.#known.digests.subarray(place * digestBytes, (place + 1) * digestBytes);
    this.#used.push({ path, digest, stats });
    return digest;
  }

  /** Takes note of a file that was read. */
  note(path: string, digest: Buffer, file: Digested): void {
    if (Math.max(file.mtimeMs, file.ctimeMs) > file.readAt - calmMilliseconds) return;
    this.#used.push({ path, digest, stats: file });
    this.#hasNews = true;
  }

  /** Keeps what was used and noted. */
  save(): void {
    if (this.#folder === undefined || this.#used.length > mostEntries) return;
    if (this.#hasNews || this.#used.length < this.#known.paths.length) {
      writeCacheFile(this.#folder, this.#name, written(columnsOf(this.#used)));
    } else {
      keepCacheFile(join(this.#folder, this.#name));
    }
  }
}

interface Used {
  readonly path: string;
  readonly digest: Buffer;
  readonly stats: FileStats;
}

const nothing: Columns = { paths: [], looks: new Float64Array(), digests: Buffer.alloc(0) };

function columnsOf(used: readonly Used[]): Columns {
  const looks = used.flatMap(({ stats: { size, mode, mtimeMs, ctimeMs, ino, dev } }) => [
    size,
    mode,
    mtimeMs,
    ctimeMs,
    ino,
    dev,
  ]);
  return {
    paths: used.map(({ path }) => path),
    looks: Float64Array.from(looks),
    digests: Buffer.concat(used.map(({ digest }) => digest)),
  };
}

// Written out: it is asked of every file, and this is ten times as fast.
function isSame(looks: Float64Array, at: number, { size, mode, mtimeMs, ctimeMs, ino, dev }: FileStats): boolean {
  return (
    looks[at] === size &&
    looks[at + 1] === mode &&
    looks[at + 2] === mtimeMs &&
    looks[at + 3] === ctimeMs &&
    looks[at + 4] === ino &&
    looks[at + 5] === dev
  );
}

function columnsIn(location: string): Columns {
  try {
    return read(readFileSync(location)) ?? nothing;
  } catch {
    return nothing;
  }
}

// Changes when what is kept does.
const format = "rayjob packaging cache 2";
/** Longer than the clocks of file systems tick. */
const calmMilliseconds = 2_000;
const mostEntries = 500_000;
