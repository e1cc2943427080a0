import { sortedByPath } from "../sortedByPath.ts";
import type { ZipEntry } from "./readZip.ts";

/**
 * The directory at the top of a zip file that Ray takes off: it does when there is nothing beside it but what macOS adds
 * (`get_top_level_dir_from_compressed_package` in ray/_private/runtime_env/packaging.py).
 */
export function loneTopLevelOf(paths: readonly string[]): string | undefined {
  let lone: string | undefined;
  for (const path of paths) {
    const [top = ""] = path.split("/");
    if (lone === undefined && path.includes("/") && top === macos) continue;
    if (!path.includes("/")) return undefined;
    if (lone !== undefined && top !== lone && top !== macos) return undefined;
    lone ??= top;
  }
  return lone;
}

/** The files as they lie in the job's working directory, sorted by the bytes of their paths. */
export function unpackedBy(entries: readonly ZipEntry[], topLevel: string | undefined): ZipEntry[] {
  const start = topLevel === undefined ? "" : `${topLevel}/`;
  const files = entries
    .filter(({ path }) => path.startsWith(start) && !path.endsWith("/"))
    .map((entry) => ({ ...entry, path: entry.path.slice(start.length) }));
  return sortedByPath(files);
}

const macos = "__MACOSX";
