import { mapOf, type PropertyMap } from "../values/value.ts";

/** The paths of the files in which one package differs from another, as far as both list them. */
export interface FileChanges {
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Compares the packages of two sets of a WorkingDir's inputs. */
export function fileChanges(before: PropertyMap, after: PropertyMap): FileChanges {
  const [old, now] = [mapOf(before.files), mapOf(after.files)];
  const ends = [endOf(before), endOf(after)].filter((end) => end !== undefined).sort(Buffer.compare);
  const isListed = (path: string) => ends[0] === undefined || Buffer.compare(Buffer.from(path), ends[0]) <= 0;
  const paths = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(isListed).sort();
  return {
    changed: paths.filter((path) => Object.hasOwn(old, path) && Object.hasOwn(now, path) && old[path] !== now[path]),
    added: paths.filter((path) => !Object.hasOwn(old, path)),
    removed: paths.filter((path) => !Object.hasOwn(now, path)),
  };
}

/** Behind which path a list ends that does not have all files: what lies behind it may be there or not. */
function endOf({ files, fileCount }: PropertyMap): Buffer | undefined {
  const paths = Object.keys(mapOf(files));
  if (typeof fileCount !== "number" || fileCount <= paths.length) return undefined;
  return paths
    .map((path) => Buffer.from(path))
    .sort(Buffer.compare)
    .at(-1);
}
