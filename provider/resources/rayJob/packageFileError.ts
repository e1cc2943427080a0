import { codeOf, quoted } from "../../packaging/packagingError.ts";

/** Why a requirements file or a conda file cannot be taken in, in one sentence that names it, and one that says what to do. */
export class PackageFileError extends Error {
  override readonly name = "PackageFileError";
}

/** `place` is the file and the line that refer to it, `hint` says where a path that leads nowhere would have to be. */
export function unreadableFile(location: string, place: string | undefined, cause: unknown, hint: string) {
  const [why, own] = whys[codeOf(cause)] ?? [String(cause), "Make it readable"];
  const from = place === undefined ? "" : `, to which ${place} refers`;
  return new PackageFileError(`Cannot read ${quoted(location)}${from}: ${why}. ${own ?? hint}`, { cause });
}

const missing = ["there is no such file", undefined] as const;

const whys: Readonly<Record<string, readonly [why: string, hint: string | undefined]>> = {
  ENOENT: missing,
  ENOTDIR: missing,
  EISDIR: ["it is a directory", "Name a file"],
  EACCES: ["permission denied", "Make it readable"],
  ERR_ENCODING_INVALID_ENCODED_DATA: ["it is not text in UTF-8", "Write it as such"],
};

export function noMapping(location: string): PackageFileError {
  const hint = "Write it as conda has it: `dependencies`, and a list of packages";
  return new PackageFileError(`Cannot read ${quoted(location)}: it is not a YAML mapping. ${hint}`);
}

/** A file that leads to itself. */
export function circularFile(location: string, place: string): PackageFileError {
  const what = `Cannot take in ${quoted(location)}, which ${place} refers to`;
  return new PackageFileError(`${what}: it leads there itself. Drop one of the two lines`);
}

/** `because` says why, and what to do: see `Requirement`. */
export function refusedLine(text: string, place: string, because: string): PackageFileError {
  return new PackageFileError(`Cannot take along \`${text}\` of ${place}: ${because}`);
}
