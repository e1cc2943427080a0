import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { Readable } from "node:stream";
import { digestOf } from "../digestOf.ts";
import { unreadableNamed } from "../failures/reading.ts";
import { emptyReadyFile, misnamedWheel } from "../failures/readyFile.ts";
import { longestListing } from "../listing.ts";
import { mostOfStart, type Package, type PackagedFile } from "../package.ts";
import { linksInReadyFile, lostModule } from "../warnings.ts";
import { assertUnchanged } from "../zip/unchanged.ts";
import { readZip, type ZipEntry } from "./readZip.ts";
import { loneTopLevelOf, unpackedBy } from "./unpacked.ts";
import { startsOfEntries } from "./zipEntry.ts";

/** Whether the path is that of a file that is a package already, by its name. */
export async function isReady(path: string, base: string): Promise<boolean> {
  if (!/\.(zip|whl)$/.test(path)) return false;
  return stat(resolve(base, path)).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** The file name of a wheel, which pip and Ray read more from than that it is one; undefined for any other path. */
export function wheelNameOf(path: string): string | undefined {
  return path.endsWith(".whl") ? basename(path) : undefined;
}

/** A zip file or a wheel that is stored as it is. Its identity is that of its bytes. */
export async function packageOfReadyFile(path: string, base: string, asModule = false): Promise<Package> {
  const location = resolve(base, path);
  const wheel = wheelNameOf(path);
  if (wheel !== undefined && !wheelName.test(wheel)) throw misnamedWheel(location);
  const entries = await readZip(location);
  const { digest, size } = await digestOf(location);
  const topLevel = wheel === undefined ? loneTopLevelOf(entries.map(({ path }) => path)) : undefined;
  const files = unpackedBy(entries, topLevel);
  if (files.length === 0) throw emptyReadyFile(location);
  return {
    hash: digest.toString("hex"),
    files,
    listing: Object.fromEntries(files.slice(0, longestListing).map((file) => [file.path, markOf(file)])),
    sizeBytes: files.reduce((sum, file) => sum + file.size, 0),
    mostBytes: size,
    bytes: () => Readable.from(unchangedBytes(location, digest), { objectMode: false }),
    startsOf: (some) => startsOf(location, some, topLevel),
    notes: [...notesOf(entries, location), ...(asModule ? lostModules(files, location, topLevel) : [])],
  };
}

async function startsOf(location: string, some: readonly PackagedFile[], topLevel = ""): Promise<Map<string, Buffer>> {
  const names = new Map(some.map(({ path }) => [topLevel === "" ? path : `${topLevel}/${path}`, path]));
  const starts = await startsOfEntries(location, new Set(names.keys()), mostOfStart);
  return new Map([...starts].map(([name, bytes]) => [names.get(name) ?? name, bytes]));
}

/** A text that changes when the entry does, as far as the zip file says so itself. */
function markOf({ crc, size, executable }: ZipEntry): string {
  const text = crc.toString(16).padStart(8, "0") + (size % 0x10000).toString(16).padStart(4, "0");
  return text + (executable ? "+x" : "");
}

/** Keeps the last bytes back until it is known that all of them are those that were read before. */
async function* unchangedBytes(location: string, digest: Buffer): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let last: Buffer | undefined;
  try {
    for await (const bytes of createReadStream(location, { highWaterMark: 1 << 18 })) {
      if (last !== undefined) yield last;
      hash.update(bytes);
      last = bytes;
    }
  } catch (error) {
    throw unreadableNamed(location, error);
  }
  assertUnchanged(location, digest.toString("base64"), hash.digest("base64"));
  if (last !== undefined) yield last;
}

function notesOf(entries: readonly ZipEntry[], location: string): string[] {
  const links = entries.filter(({ isLink }) => isLink).map(({ path }) => path);
  return links.length === 0 ? [] : [linksInReadyFile(location, links)];
}

/** A module whose directory Ray takes off: what was in it lies on the Python path, and the module does not. */
function lostModules(files: readonly PackagedFile[], location: string, topLevel: string | undefined): string[] {
  if (topLevel === undefined || !files.some(({ path }) => path === "__init__.py")) return [];
  return [lostModule(location, topLevel)];
}

// PEP 427: distribution, version, an optional build number, and the three tags.
const wheelName = /^[\w.]+-[\w.!+]+(-\d[\w.]*)?-[\w.]+-[\w.]+-[\w.]+\.whl$/;
