import { PackagingError, quoted } from "../packagingError.ts";
import { fewOf, sizeOf } from "../words.ts";

/** `said` is why in the words of what reads zip files. */
export function noZipFile(location: string, said: string): PackagingError {
  return notUnpackable(location, `it is no zip file, or not all of it (${said.replace(/\.$/, "")})`);
}

export function encryptedEntry(location: string, path: string): PackagingError {
  return notUnpackable(location, `${quoted(path)} is encrypted`);
}

export function unknownCompression(location: string, path: string, method: number): PackagingError {
  return notUnpackable(location, `Python cannot unpack ${quoted(path)} (compression method ${method})`);
}

export function damagedEntry(location: string, path: string): PackagingError {
  return notUnpackable(location, `${quoted(path)} in it is damaged`);
}

export function entryOutside(location: string, path: string): PackagingError {
  return notUnpackable(location, `${quoted(path)} does not lie inside of it`);
}

export function entryWithBackslash(location: string, path: string): PackagingError {
  return notUnpackable(location, `${quoted(path)} has a backslash in its name`);
}

export function repeatedEntries(location: string, paths: readonly string[]): PackagingError {
  return notUnpackable(location, `it holds ${fewOf(paths)} twice`);
}

export function filesLikeDirectories(location: string, paths: readonly string[]): PackagingError {
  return notUnpackable(location, `it holds ${fewOf(paths)} as a file and as a directory`);
}

export function emptyReadyFile(location: string): PackagingError {
  return notUnpackable(location, "it has no files");
}

function notUnpackable(location: string, why: string): PackagingError {
  const hint = "Make it again, with `rayjob package` or `zip -r`, or name the directory instead";
  return new PackagingError({ what: `package ${quoted(location)}`, why, hint });
}

export function misnamedWheel(location: string): PackagingError {
  return new PackagingError({
    what: `package ${quoted(location)}`,
    why: "pip knows no wheel of such a name",
    hint: "Give it the name that it was built with, such as model-1.0-py3-none-any.whl",
  });
}

/** With `includeParentDir`. */
export function directoryAroundReadyFile(path: string): PackagingError {
  return new PackagingError({
    what: `put the directory itself into ${quoted(path)}`,
    why: "it is stored as it is",
    hint: "Drop `includeParentDir`, or name the directory",
  });
}

export function tooLargeAmongAssets(location: string, size: number): PackagingError {
  return notAmongAssets(location, `unpacked it has ${sizeOf(size)}`);
}

export function notDeflatedAmongAssets(location: string, path: string): PackagingError {
  return notAmongAssets(location, `${quoted(path)} is not deflated`);
}

function notAmongAssets(location: string, why: string): PackagingError {
  const hint = "Unpack it, and name the directory";
  return new PackagingError({ what: `package ${quoted(location)} among other assets`, why, hint });
}
