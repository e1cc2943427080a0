import { PackagingError, quoted } from "../packagingError.ts";
import { fewOf } from "../words.ts";

/** `hint` says where the path would have to be: see `pathHint`. */
export function noSuchSource(location: string, hint: string): PackagingError {
  const kind = /\.(zip|whl)$/.test(location) ? "file" : "directory";
  return unpackagable(location, `there is no such ${kind}`, hint);
}

export function noDirectory(location: string): PackagingError {
  const hint = "Name the directory that it is in, or the one that the archive was made of";
  return unpackagable(location, "it is not a directory, nor a .zip or .whl file", hint);
}

export function emptyDirectory(location: string): PackagingError {
  return unpackagable(location, "it has no files", "Put the job's code there");
}

/** `ignored` is how many files and directories are left out. */
export function allIgnored(location: string, ignored: number): PackagingError {
  const counted = ignored === 1 ? "1 file or directory" : `${ignored} files and directories`;
  const hint = "Look at .gitignore, .rayignore and `excludes`";
  return unpackagable(location, `all that is in it is ignored (${counted})`, hint);
}

export function changedMeanwhile(location: string): PackagingError {
  return unpackagable(location, "it was changed meanwhile", "Run it again once nothing writes to it");
}

/** Between the check of a deployment and its upload. `path` is undefined for an archive, `changed` are paths in the package. */
export function changedAfterCheck(path: string | undefined, changed: readonly string[]): PackagingError {
  const files = changed.length === 0 ? "a file that is not listed" : fewOf(changed);
  return new PackagingError({
    what: `package ${path === undefined ? "the archive" : quoted(path)}`,
    why: `it was changed after it had been checked (${files})`,
    hint: "Run `pulumi up` again once nothing writes to it, or name what is written there in `excludes`",
  });
}

export function danglingLink(location: string, target: string): PackagingError {
  return unpackagable(location, `${linkTo(target)}, which does not exist`, removeIt);
}

export function circularLink(location: string, target: string): PackagingError {
  return unpackagable(location, `${linkTo(target)}, which leads back to it`, removeIt);
}

/** A link to a directory that it lies in. */
export function linkUpwards(location: string, above: string): PackagingError {
  return unpackagable(location, `${linkTo(above)}, which it lies in`, removeIt);
}

export function escapingLink(location: string, target: string): PackagingError {
  const why = `${linkTo(target)}, out of the packaged directory: what lies there depends on the machine`;
  const hint = "Copy it in, name it in `excludes`, or give what it leads to as one of the job's `pyModules`";
  return unpackagable(location, why, hint);
}

const removeIt = "Remove it, or name it in `excludes`";

function linkTo(target: string): string {
  return `it is a link to ${quoted(target)}`;
}

export function backslashInName(location: string): PackagingError {
  return unpackagable(location, "zip files know no backslash in a name", renameIt);
}

export function nameNotText(location: string): PackagingError {
  return unpackagable(location, "its name is not valid UTF-8", renameIt);
}

const renameIt = "Rename it, or name it in `excludes`";

/** `source` is what the pattern stands in. */
export function reversedRange(pattern: string, source: string, cause: unknown): PackagingError {
  const why = `the pattern ${quoted(pattern)} in ${source} has a range that ends before it starts`;
  return new PackagingError({ what: "package the directory", why, hint: "Turn it round" }, { cause });
}

export function directoryLikeWheel(path: string): PackagingError {
  return unpackagable(path, "it is a directory that is called like a wheel", "Rename it");
}

function unpackagable(location: string, why: string, hint: string): PackagingError {
  return new PackagingError({ what: `package ${quoted(location)}`, why, hint });
}
