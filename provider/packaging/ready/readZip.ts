import type { Entry, ZipFile } from "yauzl";
import { messageOf } from "../../values/messageOf.ts";
import { unreadableNamed } from "../failures/reading.ts";
import {
  encryptedEntry,
  entryOutside,
  entryWithBackslash,
  filesLikeDirectories,
  noZipFile,
  repeatedEntries,
  unknownCompression,
} from "../failures/readyFile.ts";
import { codeOf, PackagingError } from "../packagingError.ts";

/** A line of a zip file's own directory; the path of a directory ends with a slash. */
export interface ZipEntry {
  readonly path: string;
  readonly size: number;
  readonly crc: number;
  readonly executable: boolean;
  readonly isLink: boolean;
}

/** Reads the directory of a zip file. Throws a PackagingError when Ray, or Python, could not unpack it as it is meant. */
export async function readZip(location: string): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for await (const { entry } of entriesOf(location)) entries.push(checked(entry, location));
  const paths = entries.map(({ path }) => path);
  const twice = repeatedIn(paths);
  if (twice.length > 0) throw repeatedEntries(location, twice);
  const both = bothIn(paths);
  if (both.length > 0) throw filesLikeDirectories(location, both);
  return entries;
}

/** The entries of a zip file, with the file that they are read from. */
export async function* entriesOf(location: string): AsyncGenerator<{ entry: Entry; zip: ZipFile }> {
  let zip: ZipFile | undefined;
  try {
    const { openPromise } = await import("yauzl");
    zip = await openPromise(location, { lazyEntries: true, autoClose: false, strictFileNames: true });
    for await (const entry of zip.eachEntry()) yield { entry, zip };
  } catch (error) {
    if (error instanceof PackagingError) throw error;
    if (codeOf(error) !== "") throw unreadableNamed(location, error);
    throw refusalOf(location, messageOf(error));
  } finally {
    zip?.close();
  }
}

function checked(entry: Entry, location: string): ZipEntry {
  const { fileName: path, uncompressedSize: size, crc32: crc, compressionMethod } = entry;
  if (entry.isEncrypted()) throw encryptedEntry(location, path);
  if (!unpackable.includes(compressionMethod)) throw unknownCompression(location, path, compressionMethod);
  const mode = entry.versionMadeBy >> 8 === unix ? entry.externalFileAttributes >>> 16 : 0;
  return { path, size, crc, executable: (mode & 0o100) !== 0, isLink: (mode & 0o170000) === 0o120000 };
}

/** Paths of files that are there more than once, as they are unpacked. */
function repeatedIn(paths: readonly string[]): string[] {
  const seen = new Set<string>();
  return paths.filter((path) => {
    if (path.endsWith("/")) return false;
    const place = placeOf(path);
    return seen.has(place) || !seen.add(place);
  });
}

/** Places that a file takes, and a directory, too. */
function bothIn(paths: readonly string[]): string[] {
  const files = new Set(paths.filter((path) => !path.endsWith("/")).map(placeOf));
  const directories = new Set(paths.map((path) => placeOf(path.slice(0, path.lastIndexOf("/") + 1))));
  for (const directory of directories) {
    const end = directory.lastIndexOf("/");
    if (end > 0) directories.add(directory.slice(0, end));
  }
  return [...directories].filter((directory) => files.has(directory));
}

/** Where a path is unpacked. */
function placeOf(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

/** The error for what yauzl does not read, by yauzl's words. */
function refusalOf(location: string, said: string): PackagingError {
  const [, problem = "", path = ""] =
    /^(absolute path|invalid relative path|invalid characters in fileName): (.*)$/s.exec(said) ?? [];
  if (problem === "") return noZipFile(location, said);
  return problem.startsWith("invalid char") ? entryWithBackslash(location, path) : entryOutside(location, path);
}

// What Python's zipfile knows: stored, deflated, bzip2 and LZMA.
const unpackable = [0, 8, 12, 14];
const unix = 3;
