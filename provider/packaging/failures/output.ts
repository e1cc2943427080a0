import { messageOf } from "../../values/messageOf.ts";
import { codeOf, PackagingError, quoted } from "../packagingError.ts";

/** `path` is where the file would lie in the package. */
export function outputInside(file: string, path: string): PackagingError {
  return new PackagingError({
    what: `write ${quoted(file)} into the directory that is packaged`,
    why: "the next package would hold it",
    hint: `Write it elsewhere, or add --exclude '/${path}'`,
  });
}

/** A device or a pipe. */
export function outputNoFile(file: string): PackagingError {
  const hint = "Write it to one, or leave --output out to write nothing";
  return new PackagingError({ what: `write ${quoted(file)}`, why: "it is no file", hint });
}

export function unwritable(file: string, cause: unknown): PackagingError {
  const [why, hint] = whys[codeOf(cause)] ?? [messageOf(cause), elsewhere];
  return new PackagingError({ what: `write ${quoted(file)}`, why, hint }, { cause });
}

const elsewhere = "Write it elsewhere";
const makeRoom = "Make room, or write it elsewhere";

const whys: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  EACCES: ["permission denied", "Make the folder writable, or write it elsewhere"],
  EISDIR: ["it is a directory", "Add the name of a file to it"],
  ENOENT: ["there is no such folder", "Make it, or correct the path"],
  ENOSPC: ["the disk is full", makeRoom],
  EDQUOT: ["the disk quota is used up", makeRoom],
  EROFS: ["the file system is read-only", elsewhere],
};
