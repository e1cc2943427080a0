/** Why a directory cannot be packaged, in one sentence that names the file or directory and says what to do. */
export class PackagingError extends Error {
  override readonly name = "PackagingError";
}

/** The error for a file or directory that could not be read. */
export function unreadable(location: string, cause: unknown): PackagingError {
  const code = codeOf(cause);
  const hint = changed.has(code)
    ? "Run it again once nothing writes to it, or name it in `excludes`"
    : "Make it readable, or name it in `excludes`";
  return new PackagingError(`Cannot read ${quoted(location)}: ${words[code] ?? (code || String(cause))}. ${hint}`, {
    cause,
  });
}

export function codeOf(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === "string" ? code : "";
}

/** A path between quotes, without the characters that a terminal would obey. */
export function quoted(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  return `"${path.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, escaped)}"`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const words: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOENT: "it is gone",
  ENOTDIR: "it is no directory any more",
  EISDIR: "it is no file any more",
  EIO: "input/output error",
  EMFILE: "too many open files",
};

const changed: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "EISDIR"]);
