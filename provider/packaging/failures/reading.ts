import { codeOf, PackagingError, quoted } from "../packagingError.ts";
import { pathHints } from "../pathHint.ts";

/** What lies in a directory that is packaged, and was found there. */
export function unreadable(location: string, cause: unknown): PackagingError {
  return notRead(location, cause, foundOnes, makeReadable);
}

/** What was a file a moment ago. */
export function noFileAnyMore(location: string): PackagingError {
  return unreadable(location, { code: "EISDIR" });
}

/** A file that is named by itself: no pattern could leave it out. */
export function unreadableNamed(location: string, cause: unknown): PackagingError {
  return notRead(location, cause, namedOnes, "Make it readable");
}

type Words = readonly [why: string, hint: string];

function notRead(location: string, cause: unknown, words: Readonly<Record<string, Words>>, usual: string) {
  const code = codeOf(cause);
  const [why, hint] = words[code] ?? [always[code] ?? (code || String(cause)), usual];
  return new PackagingError({ what: `read ${quoted(location)}`, why, hint }, { cause });
}

const always: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EIO: "input/output error",
};

const makeReadable = "Make it readable, or name it in `excludes`";
const runAgain = "Run it again once nothing writes to it, or name it in `excludes`";
const tooManyOpen: Words = ["too many open files", "Raise the limit, which `ulimit -n` shows"];

const foundOnes: Readonly<Record<string, Words>> = {
  ENOENT: ["it is gone", runAgain],
  ENOTDIR: ["it is no directory any more", runAgain],
  EISDIR: ["it is no file any more", runAgain],
  EMFILE: tooManyOpen,
};

const missing: Words = ["there is no such file", pathHints.relative];

const namedOnes: Readonly<Record<string, Words>> = {
  ENOENT: missing,
  ENOTDIR: missing,
  EISDIR: ["it is a directory", "Name a file, or make it a FileArchive"],
  EMFILE: tooManyOpen,
};
