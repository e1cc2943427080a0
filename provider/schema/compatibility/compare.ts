import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { breakingChanges } from "./breakingChanges.ts";
import type { ComparedSchema } from "./comparedSchema.ts";
import { mayBreak } from "./mayBreak.ts";

// Compares schema.json with the schema of the last release, which is released.json beside it: `compare.ts [RELEASED]`. It says
// what a program can no longer rely on, and fails unless the version says so, too. A release copies schema.json to released.json;
// before the first one there is nothing to compare.

const folder = join(import.meta.dirname, "..");
const [baseline = join(folder, "released.json")] = process.argv.slice(2);

if (existsSync(baseline)) report(schemaIn(baseline), schemaIn(join(folder, "schema.json")));

function report(released: ComparedSchema, now: ComparedSchema): void {
  const changes = breakingChanges(released, now);
  for (const { at, what } of changes) console.error(`breaking since ${released.version}: ${at}: ${what}`);
  if (changes.length === 0 || mayBreak(released.version, now.version)) return;
  console.error(
    `Take it back, or raise the version in package.json: ${now.version} promises that programs go on working`,
  );
  process.exitCode = 1;
}

function schemaIn(file: string): ComparedSchema {
  return JSON.parse(readFileSync(file, "utf8"));
}
