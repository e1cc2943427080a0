import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Package } from "../package.ts";
import { survey } from "../survey.ts";
import { packageOfFiles } from "./files.ts";
import type { Source } from "./source.ts";

/** A directory as Ray would package it, without what is to be ignored. */
export async function packageOfDirectory(
  path: string,
  { excludes, includeParentDir }: Source,
  base: string,
): Promise<Package> {
  const { files, hash } = await survey(path, excludes, base);
  const location = resolve(base, path);
  if (!includeParentDir) {
    return { ...packageOfFiles(files, hash), leavesOut: (path) => existsSync(join(location, path)) };
  }
  const name = basename(location);
  return packageOfFiles(files.map((file) => ({ ...file, path: `${name}/${file.path}` })));
}
