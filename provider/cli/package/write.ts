import { createWriteStream, rmSync } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { outputNoFile, unwritable } from "../../packaging/failures/output.ts";
import { PackagingError } from "../../packaging/packagingError.ts";
import type { Survey } from "../../packaging/survey.ts";
import { zipOf } from "../../packaging/zip/zip.ts";

/** Writes the zip file, all of it or nothing, over one that is there; gives its size in bytes. */
export async function writePackage({ files }: Survey, file: string): Promise<number> {
  const unfinished = join(dirname(file), `.${basename(file)}.${process.pid}.unfinished`);
  await assertReplaceable(file);
  const remove = () => rmSync(unfinished, { force: true });
  process.once("exit", remove);
  try {
    // A killed process of the same number, as in a container, may have left one.
    await rm(unfinished, { force: true });
    await pipeline(zipOf(files), createWriteStream(unfinished, { flags: "wx", mode: 0o644 }));
    await rename(unfinished, file);
    return (await stat(file)).size;
  } catch (error) {
    remove();
    throw error instanceof PackagingError ? error : unwritable(file, error);
  } finally {
    process.off("exit", remove);
  }
}

/** A device or a pipe would be gone, and a file in its place. */
async function assertReplaceable(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found !== undefined && !found.isFile() && !found.isDirectory()) throw outputNoFile(file);
}
