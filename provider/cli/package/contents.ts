import { modeOf, shortHashOf } from "../../packaging/identity.ts";
import type { Survey, SurveyedFile } from "../../packaging/survey.ts";
import { filesOf, sizeOf } from "../../packaging/words.ts";

/** A package and, if it was written, its zip file. */
export interface Packaged extends Survey {
  readonly output: string | undefined;
  readonly zipBytes: number | undefined;
}

/** For machines: the identity, the sizes, and each file. */
export function jsonOf({ hash, files, sizeBytes, output, zipBytes }: Packaged): string {
  const members = files.map((file) => ({
    path: file.path,
    mode: modeText(file),
    size: file.size,
    hash: shortHashOf(file),
  }));
  const zip = output === undefined ? {} : { output, zipBytes };
  return `${JSON.stringify({ hash, fileCount: files.length, sizeBytes, ...zip, files: members })}\n`;
}

/** For people, a line for each file: mode, size in bytes, short hash, path. */
export function listOf(files: readonly SurveyedFile[]): string {
  const width = Math.max(...files.map(({ size }) => String(size).length));
  return files
    .map((file) => `${modeText(file)}  ${String(file.size).padStart(width)}  ${hashText(file)}  ${pathText(file)}\n`)
    .join("");
}

/** One line: the identity, and how much it is. */
export function summaryOf({ hash, files, sizeBytes }: Survey): string {
  return `${hash}  ${filesOf(files.length)}, ${sizeOf(sizeBytes)}\n`;
}

function modeText({ executable }: SurveyedFile): string {
  return modeOf(executable).toString(8);
}

// The mode says already whether it is executable.
function hashText(file: SurveyedFile): string {
  return shortHashOf({ ...file, executable: false });
}

// A line is a file's, whatever its name.
function pathText({ path }: SurveyedFile): string {
  return /\p{Cc}/u.test(path) ? JSON.stringify(path) : path;
}
