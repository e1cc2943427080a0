import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** The package's schema as it is served, as JSON text. */
export function schemaText(): Promise<string> {
  return readFile(fileURLToPath(import.meta.resolve("#schema.json")), "utf8");
}
