import { crc32 } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { damagedEntry } from "../failures/readyFile.ts";
import { entriesOf } from "./readZip.ts";

/** The first bytes of entries of a zip file, by their names; of those whose compression is known here. */
export async function startsOfEntries(
  location: string,
  names: ReadonlySet<string>,
  most: number,
): Promise<Map<string, Buffer>> {
  const starts = new Map<string, Buffer>();
  for await (const { entry, zip } of entriesOf(location)) {
    const { fileName } = entry;
    if (names.has(fileName) && entry.canDecodeFileData())
      starts.set(fileName, await startOf(entry, zip, location, most));
  }
  return starts;
}

/** All bytes of an entry, which must be those that were packed. */
export async function bytesOf(entry: Entry, zip: ZipFile, location: string): Promise<Buffer> {
  const bytes = await startOf(entry, zip, location, Number.POSITIVE_INFINITY);
  if (crc32(bytes) !== entry.crc32) throw damagedEntry(location, entry.fileName);
  return bytes;
}

async function startOf(entry: Entry, zip: ZipFile, location: string, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const bytes of await zip.openReadStreamPromise(entry)) {
      pieces.push(bytes);
      size += bytes.length;
      if (size >= most) break;
    }
  } catch {
    throw damagedEntry(location, entry.fileName);
  }
  return Buffer.concat(pieces).subarray(0, Math.min(size, most));
}
