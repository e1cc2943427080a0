import { PackagingError, quoted } from "../packagingError.ts";

export function remoteArchive(uri: string): PackagingError {
  const hint =
    "Give its URI to the job, as `runtimeEnv.workingDir` or one of `runtimeEnv.pyModules`; or download it and name the file";
  return unpackagable(uri, "it is on a server", hint);
}

export function emptyArchive(): PackagingError {
  return new PackagingError({ what: "package the archive", why: "it has no files", hint: "Put the job's code there" });
}

/** With `includeParentDir`. */
export function directoryAroundAssets(): PackagingError {
  return new PackagingError({
    what: "put the directory itself into the package",
    why: "an archive of assets has no directory",
    hint: "Drop `includeParentDir`, and start the names of its assets with the directory's",
  });
}

export function noPath(name: string): PackagingError {
  return new PackagingError({
    what: `package the asset ${quoted(name)}`,
    why: "that is no path inside of a directory",
    hint: 'Name it by a relative path with single "/" between names, without ".."',
  });
}

export function remoteAsset(path: string, uri: string): PackagingError {
  const hint = "Download it and name the file, or let the job fetch it itself";
  return unpackagable(path, `${quoted(uri)} is on a server`, hint);
}

export function noAsset(path: string): PackagingError {
  return unpackagable(path, "it is neither an asset nor an archive", "Make it one of Pulumi's assets or archives");
}

export function repeatedAsset(path: string): PackagingError {
  return unpackagable(path, "the archive has it twice", "Drop one of them");
}

/** `above` is a part of the path, and a file. */
export function assetInsideFile(path: string, above: string): PackagingError {
  return unpackagable(path, `${quoted(above)} is a file of the archive`, "Rename one of them");
}

function unpackagable(path: string, why: string, hint: string): PackagingError {
  return new PackagingError({ what: `package ${quoted(path)}`, why, hint });
}
