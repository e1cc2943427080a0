import type { Package, PackagedFile } from "../package.ts";
import { fewOf, filesOf, sizeOf } from "../words.ts";
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
    ...(large.length > 0 ? [largeOnes(large, isReady)] : []),
    ...(secret.length > 0 ? [secretOnes(pathsOf(secret), isReady)] : []),
  ];
}

function largeOnes(files: readonly PackagedFile[], isReady: boolean): string {
  const named = fewOf(files.map(({ path, size }) => `${path}, ${sizeOf(size)}`));
  const what = files.length === 1 ? "A large file is" : `${filesOf(files.length)} larger than ${sizeOf(largeFrom)} are`;
  return `${what} in the package, which every node of the job downloads: ${named}. Data are better kept on a volume or in a bucket; ${isReady ? "make the file without them" : "`excludes` leaves files out"}`;
}

function secretOnes(paths: readonly string[], isReady: boolean): string {
  const what = paths.length === 1 ? "A file that looks" : `${filesOf(paths.length)} that look`;
  return `${what} like a secret ${paths.length === 1 ? "is" : "are"} in the package: ${fewOf(paths)}. Whoever can read the bucket can read it; ${isReady ? "make the file without it" : "name it in `excludes` or .gitignore"}, and give the job its values from a Kubernetes Secret`;
}

function pathsOf(files: readonly PackagedFile[]): string[] {
  return files.map(({ path }) => path);
}

const empty = Buffer.alloc(0);
const largeFrom = 100e6;
// Small files, of which there are seldom more.
const mostRead = 2_000;
