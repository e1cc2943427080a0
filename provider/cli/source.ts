import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { messageOf } from "../values/messageOf.ts";
import { inOneLine } from "./oneLine.ts";

/** A text that a command works on, and what it is called in messages. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** A file, or a text, that cannot be read. The message names it, in one line. */
export class UnreadableError extends Error {
  constructor(message: string) {
    super(inOneLine(message));
  }
}

/** Reads a file, or the standard input for `-`. Throws an UnreadableError. */
export async function readSource(file: string): Promise<Source> {
  if (file === "-") return { name: "<stdin>", text: await text(process.stdin) };
  try {
    return { name: file, text: await readFile(file, "utf8") };
  } catch (error) {
    throw new UnreadableError(`${file}: ${reasonOf(error as NodeJS.ErrnoException)}`);
  }
}

function reasonOf(error: NodeJS.ErrnoException): string {
  const known: Readonly<Record<string, string>> = {
    ENOENT: "there is no such file",
    EACCES: "it may not be read",
    EISDIR: "it is a directory: name the files in it",
  };
  return known[error.code ?? ""] ?? messageOf(error);
}
