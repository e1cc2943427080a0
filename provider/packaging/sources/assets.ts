import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { archiveMade, assetMade, type Made } from "../../values/archive.ts";
import type { PropertyMap, Value } from "../../values/value.ts";
import { digestOf } from "../digestOf.ts";
import { assetInsideFile, emptyArchive, noAsset, noPath, remoteAsset, repeatedAsset } from "../failures/archive.ts";
import { unreadableNamed } from "../failures/reading.ts";
import type { Package } from "../package.ts";
import type { PackagingError } from "../packagingError.ts";
import { filesInZip } from "../ready/filesInZip.ts";
import { isReady } from "../ready/readyFile.ts";
import { sortedByPath } from "../sortedByPath.ts";
import { isExecutable, type SurveyedFile, survey } from "../survey.ts";
import { packageOfFiles } from "./files.ts";

/**
 * Pulumi's AssetArchive: the same package as a directory with these files. `excludes` and ignore files hold inside of each
 * directory that is named; what the program names one by one is always packaged.
 */
export async function packageOfAssets(
  assets: PropertyMap,
  excludes: readonly string[],
  base: string,
): Promise<Package> {
  const files = await filesOf(assets, "");
  if (files.length === 0) throw emptyArchive();
  return packageOfFiles(sortedByPath(withoutCollision(files)));

  async function filesOf(of: PropertyMap, directory: string): Promise<SurveyedFile[]> {
    const found: SurveyedFile[] = [];
    for (const [name, value] of Object.entries(of)) found.push(...(await filesUnder(pathOf(name, directory), value)));
    return found;
  }

  async function filesUnder(path: string, value: Value | undefined): Promise<SurveyedFile[]> {
    const asset = assetMade(value);
    if (asset !== undefined) return [await fileOf(path, asset, base)];
    const archive = archiveMade(value);
    if (archive?.of === "assets") return filesOf(archive.assets, `${path}/`);
    if (archive?.of !== "path") throw notHere(path, archive);
    const files = (await isReady(archive.path, base))
      ? await filesInZip(resolve(base, archive.path))
      : (await survey(archive.path, excludes, base)).files;
    return files.map((file) => ({ ...file, path: `${path}/${file.path}` }));
  }
}

async function fileOf(path: string, asset: Made, base: string): Promise<SurveyedFile> {
  if (asset.of === "text") {
    const content = Buffer.from(asset.text);
    const digest = createHash("sha256").update(content).digest();
    return { path, location: path, executable: false, content, digest, size: content.length };
  }
  if (asset.of !== "path") throw notHere(path, asset);
  const location = resolve(base, asset.path);
  return { path, location, executable: isExecutable(await statOf(location)), ...(await digestOf(location)) };
}

async function statOf(location: string): Promise<Stats> {
  try {
    return await stat(location);
  } catch (error) {
    throw unreadableNamed(location, error);
  }
}

/** The path that an asset's name stands for, below the directory of its archive. */
function pathOf(name: string, directory: string): string {
  const parts = name.split("/").filter((part) => part !== ".");
  const isPath = parts.length > 0 && !parts.includes("") && !parts.includes("..") && !name.includes("\\");
  if (isPath) return directory + parts.join("/");
  throw noPath(directory + name);
}

function notHere(path: string, made: Made | undefined): PackagingError {
  return made?.of === "uri" ? remoteAsset(path, made.uri) : noAsset(path);
}

/** Two files of one path, or a file where a directory is, cannot be unpacked. */
function withoutCollision(files: SurveyedFile[]): SurveyedFile[] {
  const paths = new Set<string>();
  for (const { path } of files) {
    if (paths.has(path)) throw repeatedAsset(path);
    paths.add(path);
  }
  for (const path of paths) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const above = path.slice(0, end);
      if (paths.has(above)) throw assetInsideFile(path, above);
    }
  }
  return files;
}
