import { type FileHandle, open } from "node:fs/promises";
import { unreadable } from "../failures/reading.ts";
import { identityOf } from "../identity.ts";
import { listingOf } from "../listing.ts";
import { mostOfStart, type Package, type PackagedFile } from "../package.ts";
import type { SurveyedFile } from "../survey.ts";
import { zipOf } from "../zip/zip.ts";

/** Files that are put into a zip file. */
export function packageOfFiles(files: readonly SurveyedFile[], hash = identityOf(files)): Package {
  const sizeBytes = files.reduce((sum, { size }) => sum + size, 0);
  return {
    hash,
    files,
    listing: listingOf(files),
    sizeBytes,
    mostBytes: sizeBytes + files.length * mostAroundFile,
    bytes: () => zipOf(files),
    startsOf: (some) => startsOf(files, some),
    notes: [],
  };
}

async function startsOf(files: readonly SurveyedFile[], some: readonly PackagedFile[]): Promise<Map<string, Buffer>> {
  const wanted = new Set(some.map(({ path }) => path));
  const starts = new Map<string, Buffer>();
  for (const { path, location, content } of files) {
    if (wanted.has(path)) starts.set(path, content?.subarray(0, mostOfStart) ?? (await startAt(location)));
  }
  return starts;
}

async function startAt(location: string): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    file = await open(location, "r");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostOfStart), 0, mostOfStart, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw unreadable(location, error);
  } finally {
    await file?.close();
  }
}

// Two headers of a zip file, with the longest path that systems know in each.
const mostAroundFile = 10_000;
