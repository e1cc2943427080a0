import { createHash } from "node:crypto";
import { PackagingError } from "../packagingError.ts";
import type { SurveyedFile } from "../survey.ts";
import { sizeOf } from "../words.ts";
import { entriesOf, readZip } from "./readZip.ts";
import { bytesOf } from "./zipEntry.ts";

/** The files of a zip file that becomes a part of another package, in memory. */
export async function filesInZip(location: string): Promise<SurveyedFile[]> {
  const known = new Map((await readZip(location)).map((entry) => [entry.path, entry]));
  const total = [...known.values()].reduce((sum, { size }) => sum + size, 0);
  if (total > mostBytes) throw tooLarge(location, total);
  const files: SurveyedFile[] = [];
  for await (const { entry, zip } of entriesOf(location)) {
    const { path, executable } = known.get(entry.fileName) ?? { path: entry.fileName, executable: false };
    if (path.endsWith("/")) continue;
    if (!entry.canDecodeFileData()) throw unknownMethod(location, path);
    const content = await bytesOf(entry, zip, location);
    const digest = createHash("sha256").update(content).digest();
    files.push({ path, location: `${location}/${path}`, executable, content, digest, size: content.length });
  }
  return files;
}

const mostBytes = 256 << 20;

function tooLarge(location: string, size: number): PackagingError {
  return new PackagingError(
    `Cannot package "${location}" among other assets: unpacked it has ${sizeOf(size)}. Unpack it, and name the directory`,
  );
}

function unknownMethod(location: string, path: string): PackagingError {
  return new PackagingError(
    `Cannot package "${location}" among other assets: "${path}" is not deflated. Unpack it, and name the directory`,
  );
}
