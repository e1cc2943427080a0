import type { Package, PackagedFile } from "../package.ts";
import { largeFiles, secretFiles } from "../warnings.ts";
import { missingFiles } from "./expectedFiles.ts";
import { holdsKey, isSecretByName, mayHoldKey } from "./secretFiles.ts";

/** What whoever deploys a package should know of it: a sentence for each concern, with the files that it is about. */
export async function concernsOf(made: Package, expected: readonly string[]): Promise<string[]> {
  const { files, notes } = made;
  const starts = await made.startsOf(files.filter(mayHoldKey).slice(0, mostRead));
  return [
    ...notes,
    ...concernsAbout(files, starts, made.isReady),
    ...missingFiles(expected, pathsOf(files), made.leavesOut),
  ];
}

/** The same, of files whose starts have been read where they could hold a key. */
export function concernsAbout(
  files: readonly PackagedFile[],
  starts: ReadonlyMap<string, Buffer>,
  isReady = false,
): string[] {
  const large = files.filter(({ size }) => size > largeFrom);
  const secret = files.filter(({ path }) => isSecretByName(path) || holdsKey(starts.get(path) ?? empty));
  return [
    ...(large.length > 0 ? [largeFiles(large, largeFrom, isReady)] : []),
    ...(secret.length > 0 ? [secretFiles(pathsOf(secret), isReady)] : []),
  ];
}

function pathsOf(files: readonly PackagedFile[]): string[] {
  return files.map(({ path }) => path);
}

const empty = Buffer.alloc(0);
const largeFrom = 100e6;
// Small files, of which there are seldom more.
const mostRead = 2_000;
