import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { noDirectory, noSuchSource } from "./failures/directory.ts";
import { ifThere } from "./ifThere.ts";
import { pathHint } from "./pathHint.ts";

/** The absolute location of the directory; throws a PackagingError that names it when there is none. */
export async function directoryAt(path: string, base: string): Promise<string> {
  const location = resolve(base, path);
  const found = await ifThere(location, stat(location));
  if (found === undefined) throw noSuchSource(location, await pathHint(path, base));
  if (!found.isDirectory()) throw noDirectory(location);
  return location;
}
