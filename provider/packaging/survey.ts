import { statSync } from "node:fs";
import { StatCache } from "./cache/statCache.ts";
import { type FileStats, statsOf } from "./digests.ts";
import { directoryAt } from "./directory.ts";
import { allIgnored, emptyDirectory } from "./failures/directory.ts";
import { unreadable } from "./failures/reading.ts";
import { type FileContent, identityOf } from "./identity.ts";
import { Stretch } from "./stretch.ts";
import { batchesOf } from "./threads/batches.ts";
import { allDone } from "./threads/threads.ts";
import type { Work } from "./threads/work.ts";
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
  /** Its bytes, where they are not in a file of this machine. */
  readonly content?: Buffer;
}

/**
 * Finds out what a package of the directory would hold; `path` may be relative to `base`. Files are read, unless they are
 * by their looks what they were when they were read before.
 * Throws a PackagingError when there is no such directory, when nothing is left of it, or when a file cannot be read.
 */
export async function survey(path: string, excludes: readonly string[], base = process.cwd()): Promise<Survey> {
  const directory = await directoryAt(path, base);
  const { files: found, ignored } = await walk(directory, excludes);
  if (found.length === 0) throw ignored === 0 ? emptyDirectory(directory) : allIgnored(directory, ignored);
  const cache = StatCache.of(directory, excludes);
  const files = await surveyedFiles(found, cache);
  cache.save();
  return { hash: identityOf(files), files, sizeBytes: files.reduce((sum, { size }) => sum + size, 0) };
}

async function surveyedFiles(found: readonly FoundFile[], cache: StatCache): Promise<SurveyedFile[]> {
  const files: (SurveyedFile | undefined)[] = [];
  const unread: Unread[] = [];
  const stretch = new Stretch();
  for (const [index, { path, location }] of found.entries()) {
    if (stretch.isOver) await stretch.giveWay();
    const stats = statsAt(location);
    const digest = cache.digestOf(path, stats);
    if (digest === undefined) unread.push({ index, path, location, size: stats.size });
    files.push(digest && { path, location, size: stats.size, executable: isExecutable(stats), digest });
  }
  let next = 0;
  for await (const digested of allDone(digestsOf(unread), sum(unread))) {
    for (const each of digested) {
      const { index, path, location } = unread[next++] as Unread;
      const digest = Buffer.from(each.digest, "base64");
      files[index] = { path, location, size: each.size, executable: isExecutable(each), digest };
      cache.note(path, digest, each);
    }
  }
  return files.filter((file) => file !== undefined);
}

interface Unread extends FoundFile {
  readonly index: number;
  readonly size: number;
}

/** Files of a few megabytes at a time. */
function* digestsOf(files: readonly Unread[]): Generator<Work<"digests">> {
  for (const batch of batchesOf(files, 4_000_000)) {
    yield { kind: "digests", given: batch.map(({ location }) => location) };
  }
}

function statsAt(location: string): FileStats {
  try {
    return statsOf(statSync(location));
  } catch (error) {
    throw unreadable(location, error);
  }
}

export function isExecutable({ mode }: Pick<FileStats, "mode">): boolean {
  return (mode & 0o100) !== 0;
}

function sum(files: readonly Unread[]): number {
  return files.reduce((total, { size }) => total + size, 0);
}
