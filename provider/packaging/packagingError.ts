/** Why a directory cannot be packaged, in one sentence that names the file or directory and says what to do. */
export class PackagingError extends Error {
  override readonly name = "PackagingError";
}

/** The error for a file or directory that could not be read. */
export function unreadable(location: string, cause: unknown): PackagingError {
  const hint = "Make it readable, or name it in `excludes`";
  return new PackagingError(`Cannot read "${location}": ${reasonOf(cause)}. ${hint}`, { cause });
}

export function codeOf(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === "string" ? code : "";
}

const words: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOENT: "it is gone",
  EIO: "input/output error",
  EMFILE: "too many open files",
};

function reasonOf(cause: unknown): string {
  const code = codeOf(cause);
  return words[code] ?? (code || String(cause));
}
