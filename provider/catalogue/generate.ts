import { join } from "node:path";
import { rayJobKnowledge } from "../schema/packageSchema.ts";
import { writeOrCompare } from "../schema/writeOrCompare.ts";
import { catalogue } from "./catalogue.ts";
import { pageOf } from "./page.ts";

// Writes docs/errors.md; with --check it only compares.

const target = join(import.meta.dirname, "../../docs/errors.md");
const text = pageOf(catalogue(await rayJobKnowledge()));

writeOrCompare(target, text, "docs/errors.md does not match the rules");
