import { readFileSync, writeFileSync } from "node:fs";

/** Writes what is generated into its file; with `--check` on the command line it only compares, and fails where they differ. */
export function writeOrCompare(file: string, text: string, mismatch: string): void {
  if (!process.argv.includes("--check")) {
    writeFileSync(file, text);
  } else if (readFileSync(file, "utf8") !== text) {
    console.error(`${mismatch}: run \`npm run generate\``);
    process.exitCode = 1;
  }
}
