import { archiveMade } from "../../values/archive.ts";
import { directoryAroundAssets, remoteArchive } from "../failures/archive.ts";
import { directoryLikeWheel } from "../failures/directory.ts";
import { directoryAroundReadyFile } from "../failures/readyFile.ts";
import type { Package } from "../package.ts";
import { isReady, packageOfReadyFile, wheelNameOf } from "../ready/readyFile.ts";
import { unheededExcludes } from "../warnings.ts";
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
      if (source.includeParentDir) throw directoryAroundAssets();
      return packageOfAssets(made.assets, source.excludes, base);
    default:
      throw remoteArchive("uri" in made ? made.uri : "");
  }
}

async function packageAt(path: string, source: Source, base: string): Promise<Package> {
  if (!(await isReady(path, base))) {
    const made = await packageOfDirectory(path, source, base);
    if (wheelNameOf(path) !== undefined) throw directoryLikeWheel(path);
    return made;
  }
  if (source.includeParentDir) throw directoryAroundReadyFile(path);
  const { notes, ...made } = await packageOfReadyFile(path, base, source.asModule);
  return { ...made, isReady: true, notes: source.excludes.length > 0 ? [...notes, unheededExcludes(path)] : notes };
}
