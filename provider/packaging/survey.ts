import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { setImmediate as breathe } from "node:timers/promises";
import { directoryAt } from "./directory.ts";
import { type FileContent, identityOf } from "./identity.ts";
import { PackagingError, unreadable } from "./packagingError.ts";
import { type FoundFile, walk } from "./walk.ts";

/** A directory as it would be packaged. */
export interface Survey {
  /** See `identityOf`. */
  readonly hash: string;
  /** In the order of the package. */
  readonly files: readonly SurveyedFile[];
  readonly sizeBytes: number;
}

export interface SurveyedFile extends FileContent, FoundFile {
  readonly size: number;
}

/**
 * Reads all that a package of the directory would hold; `path` may be relative to `base`.
 * Throws a PackagingError when there is no such directory, when nothing is left of it, or when a file cannot be read.
 */
export async function survey(path: string, excludes: readonly string[], base = process.cwd()): Promise<Survey> {
  const directory = await directoryAt(path, base);
  const { files: found, ignored } = await walk(directory, excludes);
  if (found.length === 0) throw nothingIn(directory, ignored);
  const files: SurveyedFile[] = [];
  const reader = new Reader();
  for (const file of found) files.push(await reader.read(file));
  return { hash: identityOf(files), files, sizeBytes: files.reduce((sum, { size }) => sum + size, 0) };
}

function nothingIn(directory: string, ignored: number): PackagingError {
  const what = ignored === 0 ? "it has no files" : `all that is in it is ignored (${counted(ignored)})`;
  const hint = ignored === 0 ? "Put the job's code there" : "Look at .gitignore, .rayignore and `excludes`";
  return new PackagingError(`Cannot package "${directory}": ${what}. ${hint}`);
}

function counted(count: number): string {
  return count === 1 ? "1 file or directory" : `${count} files and directories`;
}

/**
 * Reads files synchronously: for the many small ones of a source tree that is several times as fast. It gives way to the
 * rest of the process after each stretch of time.
 */
class Reader {
  readonly #buffer = Buffer.allocUnsafe(1 << 20);
  #busySince = performance.now();

  async read({ path, location }: FoundFile): Promise<SurveyedFile> {
    let descriptor: number | undefined;
    try {
      descriptor = openSync(location, "r");
      const executable = (fstatSync(descriptor).mode & 0o100) !== 0;
      return { path, location, executable, ...(await this.#digestOf(descriptor)) };
    } catch (error) {
      throw unreadable(location, error);
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }

  async #digestOf(descriptor: number): Promise<{ digest: Buffer; size: number }> {
    const hash = createHash("sha256");
    let size = 0;
    for (;;) {
      const length = readSync(descriptor, this.#buffer);
      if (length === 0) return { digest: hash.digest(), size };
      hash.update(this.#buffer.subarray(0, length));
      size += length;
      await this.#giveWay();
    }
  }

  async #giveWay(): Promise<void> {
    if (performance.now() - this.#busySince < stretchMilliseconds) return;
    await breathe();
    this.#busySince = performance.now();
  }
}

const stretchMilliseconds = 20;
