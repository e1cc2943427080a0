import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { messageOf } from "../../values/messageOf.ts";
import type { ExitCode } from "../exit.ts";
import { hasFailed, markdownOf } from "./markdown.ts";
import { previewOf } from "./preview.ts";

/** Reads a preview, from stdin for `-`, and prints its summary. */
export async function runSummary(file: string): Promise<ExitCode> {
  const source = file === "-" ? "stdin" : `"${file}"`;
  let json: string;
  try {
    json = file === "-" ? await text(process.stdin) : await readFile(file, "utf8");
  } catch (error) {
    process.stderr.write(`Cannot read ${source}: ${messageOf(error)}\n`);
    return 2;
  }
  const preview = previewOf(json);
  if (preview === undefined) {
    process.stderr.write(`There is no preview in ${source}: give it what \`pulumi preview --json\` prints\n`);
    return 2;
  }
  process.stdout.write(markdownOf(preview));
  return hasFailed(preview) ? 1 : 0;
}
