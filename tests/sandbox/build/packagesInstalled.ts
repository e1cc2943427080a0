import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

// Exits with 0 when node_modules holds what package-lock.json names; npm writes down what it installed in the same form.

type Packages = Record<string, { optional?: boolean; integrity?: string }>;

const wanted = packagesOf("package-lock.json");
const installed = packagesOf("node_modules/.package-lock.json");
const current = Object.entries(wanted).every(([path, { optional, integrity }]) =>
  path in installed ? isDeepStrictEqual(installed[path]?.integrity, integrity) : path === "" || optional === true,
);
process.exitCode = current ? 0 : 1;

function packagesOf(file: string): Packages {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return {};
  }
}
