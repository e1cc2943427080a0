import { createHash } from "node:crypto";
import { notDeflatedAmongAssets, tooLargeAmongAssets } from "../failures/readyFile.ts";
import type { SurveyedFile } from "../survey.ts";
import { entriesOf, readZip } from "./readZip.ts";
import { bytesOf } from "./zipEntry.ts";

/** The files of a zip file that becomes a part of another package, in memory. */
export async function filesInZip(location: string): Promise<SurveyedFile[]> {
  const known = new Map((await readZip(location)).map((entry) => [entry.path, entry]));
  const total = [...known.values()].reduce((sum, { size }) => sum + size, 0);
  if (total > mostBytes) throw tooLargeAmongAssets(location, total);
  const files: SurveyedFile[] = [];
  for await (const { entry, zip } of entriesOf(location)) {
    const { path, executable } = known.get(entry.fileName) ?? { path: entry.fileName, executable: false };
    if (path.endsWith("/")) continue;
    if (!entry.canDecodeFileData()) throw notDeflatedAmongAssets(location, path);
    const content = await bytesOf(entry, zip, location);
    const digest = createHash("sha256").update(content).digest();
    files.push({ path, location: `${location}/${path}`, executable, content, digest, size: content.length });
  }
  return files;
}

const mostBytes = 256 << 20;
