import type { CheckFailure } from "../../server/customResource.ts";
import type { PropertyPath } from "../../values/path.ts";
import { type PropertyMap, type Value, valueAt, withUnknownAt, withValueAt } from "../../values/value.ts";
import { PackageFileError } from "./packageFileError.ts";
import { condaEnvironmentIn, packagesIn } from "./readPackages.ts";

/** Arguments in which no path of a file is left, and why a file could not be taken in. */
export interface WithPackages {
  readonly inputs: PropertyMap;
  readonly failures: readonly CheckFailure[];
}

/**
 * Takes in what the requirements files and conda files say that the runtime environment names: then a changed file is a
 * changed job, and no node has to find it. Relative paths start at `base`, the program's folder. Secrets are not read.
 */
export async function withPackages(
  inputs: PropertyMap,
  secrets: readonly PropertyPath[],
  base = process.cwd(),
): Promise<WithPackages> {
  const failures: CheckFailure[] = [];
  const readable = withUnknownAt(inputs, secrets);
  let complete = inputs;
  for (const [path, read] of places) {
    const said = valueAt(readable, path);
    if (typeof said !== "string" || said === "") continue;
    try {
      complete = withValueAt(complete, path, await read(said, base));
    } catch (error) {
      if (!(error instanceof PackageFileError)) throw error;
      failures.push({ path, reason: error.message });
    }
  }
  return { inputs: complete, failures };
}

const places: readonly (readonly [path: PropertyPath, read: (said: string, base: string) => Promise<Value>])[] = [
  [["runtimeEnv", "pip"], packagesIn],
  [["runtimeEnv", "pip", "packages"], packagesIn],
  [["runtimeEnv", "uv"], packagesIn],
  [["runtimeEnv", "uv", "packages"], packagesIn],
  // Anything else is the name of an environment in the image.
  [["runtimeEnv", "conda"], async (said, base) => (/\.ya?ml$/.test(said) ? condaEnvironmentIn(said, base) : said)],
];
