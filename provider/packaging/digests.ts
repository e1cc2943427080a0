import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { noFileAnyMore, unreadable } from "./failures/reading.ts";
import { Stretch } from "./stretch.ts";

/** A file that has been read. */
export interface Digested extends FileStats {
  /** SHA-256 of its bytes, in base64: threads send texts faster than bytes. */
  readonly digest: string;
  /** When the reading began, in milliseconds since 1970. */
  readonly readAt: number;
}

/** What a file system says of a file before one reads it. It says something else once the file is changed. */
export interface FileStats {
  readonly size: number;
  readonly mode: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
  readonly dev: number;
}

/** Reads files synchronously, but gives way to the rest of the process after each stretch of time. */
export async function digestedFiles(locations: readonly string[]): Promise<Digested[]> {
  const files: Digested[] = [];
  const stretch = new Stretch();
  for (const location of locations) files.push(await digestedFile(location, stretch));
  return files;
}

async function digestedFile(location: string, stretch: Stretch): Promise<Digested> {
  const readAt = Date.now();
  const { descriptor, stats } = openedFile(location);
  try {
    const hash = createHash("sha256");
    let size = 0;
    for (;;) {
      const length = readSync(descriptor, buffer);
      if (length === 0) break;
      hash.update(length === buffer.length ? buffer : buffer.subarray(0, length));
      size += length;
      if (stretch.isOver) await stretch.giveWay();
    }
    return { ...stats, size, digest: hash.digest("base64"), readAt };
  } catch (error) {
    throw unreadable(location, error);
  } finally {
    closeSync(descriptor);
  }
}

/** Opens a regular file. What has become a pipe meanwhile does not hold the process up. */
export function openedFile(location: string): { readonly descriptor: number; readonly stats: FileStats } {
  let descriptor: number;
  try {
    descriptor = openSync(location, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw unreadable(location, error);
  }
  const stats = fstatSync(descriptor);
  if (stats.isFile()) return { descriptor, stats: statsOf(stats) };
  closeSync(descriptor);
  throw noFileAnyMore(location);
}

export function statsOf({ size, mode, mtimeMs, ctimeMs, ino, dev }: Stats): FileStats {
  return { size, mode, mtimeMs, ctimeMs, ino, dev };
}

const buffer = Buffer.allocUnsafeSlow(1 << 18);
