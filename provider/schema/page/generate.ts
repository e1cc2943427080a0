import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeOrCompare } from "../writeOrCompare.ts";
import { pageOf } from "./page.ts";

// Writes docs/arguments.md; with --check it only compares.

const target = join(import.meta.dirname, "../../../docs/arguments.md");
const text = pageOf(JSON.parse(readFileSync(join(import.meta.dirname, "../schema.json"), "utf8")));

writeOrCompare(target, text, "docs/arguments.md does not match the schema");
