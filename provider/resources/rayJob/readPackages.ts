import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Requirement, requirementOf, requirementsIn } from "../../job/requirements.ts";
import { mappingOf } from "../../job/yaml.ts";
import { pathHint, pathHints } from "../../packaging/pathHint.ts";
import { isList, isPropertyMap, listOf, type PropertyMap, type Value } from "../../values/value.ts";
import { circularFile, noMapping, refusedLine, unreadableFile } from "./packageFileError.ts";

/** The packages that a requirements file lists, and those that it refers to: options and hashes included. */
export async function packagesIn(path: string, base: string): Promise<string[]> {
  const location = resolve(base, path);
  return packagesOf(requirementsIn(await contentOf(location, path, base)), [location]);
}

/** What a conda file says, with the files that its list for pip refers to taken in. */
export async function condaEnvironmentIn(path: string, base: string): Promise<PropertyMap> {
  const location = resolve(base, path);
  const environment = mappingOf(await contentOf(location, path, base));
  if (environment === undefined) throw noMapping(location);
  const dependencies = environment.dependencies;
  if (!isList(dependencies)) return environment;
  return {
    ...environment,
    dependencies: await Promise.all(dependencies.map((each) => withPipPackages(each, location))),
  };
}

async function withPipPackages(dependency: Value, location: string): Promise<Value> {
  if (!isPropertyMap(dependency) || !isList(dependency.pip)) return dependency;
  const asked = listOf(dependency.pip).map((text, index) => requirementOf(String(text), index + 1));
  return { ...dependency, pip: await packagesOf(asked, [location], "entry") };
}

/** `files` are the one that it is in, and those that have led to that. */
async function packagesOf(
  asked: readonly Requirement[],
  files: readonly string[],
  unit: "line" | "entry" = "line",
): Promise<string[]> {
  const [file = ""] = files;
  const packages: string[] = [];
  for (const requirement of asked) {
    const { kind, text, line } = requirement;
    const place = `"${file}", ${unit} ${line}`;
    if (kind === "refused") throw refusedLine(text, place, requirement.because);
    if (kind === "package") packages.push(text);
    else packages.push(...(await packagesOfFile(requirement.path, files, place)));
  }
  return packages;
}

async function packagesOfFile(path: string, files: readonly string[], place: string): Promise<string[]> {
  const base = dirname(files[0] ?? "");
  const location = resolve(base, path);
  if (files.includes(location)) throw circularFile(location, place);
  const content = await contentOf(location, path, base, place);
  return packagesOf(requirementsIn(content), [location, ...files]);
}

async function contentOf(location: string, path: string, base: string, place?: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(location));
  } catch (error) {
    const hint = place === undefined ? await pathHint(path, base) : pathHints.absolute;
    throw unreadableFile(location, place, error, hint);
  }
}
