import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { PackageSchema } from "../findings/shape.ts";

/** The package's schema as it is served, as JSON text. */
export function schemaText(): Promise<string> {
  return readFile(fileURLToPath(import.meta.resolve("#schema.json")), "utf8");
}

/** The package's schema, parsed once. */
export function packageSchema(): Promise<PackageSchema> {
  parsed ??= schemaText().then((text): PackageSchema => JSON.parse(text));
  return parsed;
}

let parsed: Promise<PackageSchema> | undefined;
