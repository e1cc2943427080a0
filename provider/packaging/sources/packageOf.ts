import { archiveMade } from "../../values/archive.ts";
import type { Package } from "../package.ts";
import { PackagingError } from "../packagingError.ts";
import { isReady, packageOfReadyFile, wheelNameOf } from "../ready/readyFile.ts";
import { packageOfAssets } from "./assets.ts";
import { packageOfDirectory } from "./directory.ts";
import type { Source } from "./source.ts";

/**
 * Reads all that the package would hold; paths may be relative to `base`. Throws a PackagingError when there is nothing to
 * package, or something that cannot be read or that Ray could not unpack.
 */
export async function packageOf(source: Source, base = process.cwd()): Promise<Package> {
  const made = archiveMade(source.archive) ?? { of: "path", path: source.path ?? "" };
  switch (made.of) {
    case "path":
      return packageAt(made.path, source, base);
    case "assets":
      if (source.includeParentDir) throw nameless;
      return packageOfAssets(made.assets, source.excludes, base);
    default:
      throw new PackagingError(`Cannot package "${"uri" in made ? made.uri : ""}": it is on a server. ${elsewhere}`);
  }
}

async function packageAt(path: string, source: Source, base: string): Promise<Package> {
  if (!(await isReady(path, base))) {
    const made = await packageOfDirectory(path, source, base);
    if (wheelNameOf(path) !== undefined) throw noWheel(path);
    return made;
  }
  if (source.includeParentDir) throw ready(path);
  const { notes, ...made } = await packageOfReadyFile(path, base);
  return { ...made, isReady: true, notes: source.excludes.length > 0 ? [...notes, unheeded(path)] : notes };
}

const elsewhere =
  "Give its URI to the job, as `runtimeEnv.workingDir` or one of `runtimeEnv.pyModules`; or download it and name the file";

const nameless = new PackagingError(
  "Cannot put the directory itself into the package: an archive of assets has no directory. Drop `includeParentDir`, and " +
    "start the names of its assets with the directory's",
);

function ready(path: string): PackagingError {
  return new PackagingError(
    `Cannot put the directory itself into "${path}": it is stored as it is. Drop \`includeParentDir\`, or name the directory`,
  );
}

function noWheel(path: string): PackagingError {
  return new PackagingError(`Cannot package "${path}": it is a directory that is called like a wheel. Rename it`);
}

function unheeded(path: string): string {
  return `"${path}" is stored as it is: \`excludes\` leaves nothing out of it`;
}
