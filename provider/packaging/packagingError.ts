/** Why something cannot be packaged, or a package not be written. */
export interface Problem {
  /** A verb, and the file or directory that it is about: `package "/home/ada/train"`. */
  readonly what: string;
  readonly why: string;
  /** What to do about it. */
  readonly hint: string;
}

/** A problem in one sentence, and a second one that says what to do. Each is made in `failures/`, and is in the catalogue. */
export class PackagingError extends Error implements Problem {
  override readonly name = "PackagingError";
  readonly what: string;
  readonly why: string;
  readonly hint: string;

  constructor({ what, why, hint }: Problem, options?: ErrorOptions) {
    super(`Cannot ${what}: ${why}. ${hint}`, options);
    [this.what, this.why, this.hint] = [what, why, hint];
  }
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
