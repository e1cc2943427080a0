import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The Python program that fetches files in an init container, read once; what it is called with is told at its top. */
export function fetchScript(): string {
  text ??= readFileSync(fileURLToPath(import.meta.resolve("#fetch.py")), "utf8");
  return text;
}

let text: string | undefined;
