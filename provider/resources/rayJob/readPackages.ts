import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Requirement, requirementOf, requirementsIn } from "../../job/requirements.ts";
import { mappingOf } from "../../job/yaml.ts";
import { codeOf } from "../../packaging/packagingError.ts";
import { pathHint } from "../../packaging/pathHint.ts";
import { isList, isPropertyMap, listOf, type PropertyMap, type Value } from "../../values/value.ts";

/** Why a file of packages cannot be taken in, in one sentence that names it and says what to do. */
export class PackageFileError extends Error {
  override readonly name = "PackageFileError";
}

/** The packages that a requirements file lists, and those that it refers to: options and hashes included. */
export async function packagesIn(path: string, base: string): Promise<string[]> {
  const location = resolve(base, path);
  return packagesOf(requirementsIn(await contentOf(location, path, base)), [location]);
}

/** What a conda file says, with the files that its list for pip refers to taken in. */
export async function condaEnvironmentIn(path: string, base: string): Promise<PropertyMap> {
  const location = resolve(base, path);
  const environment = mappingOf(await contentOf(location, path, base));
  if (environment === undefined)
    throw new PackageFileError(`Cannot read "${location}" as a YAML mapping. ${whatCondaReads}`);
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
    if (kind === "refused")
      throw new PackageFileError(`Cannot take along \`${text}\` of ${place}: ${requirement.because}`);
    if (kind === "package") packages.push(text);
    else packages.push(...(await packagesOfFile(requirement.path, files, place)));
  }
  return packages;
}

async function packagesOfFile(path: string, files: readonly string[], place: string): Promise<string[]> {
  const base = dirname(files[0] ?? "");
  const location = resolve(base, path);
  if (files.includes(location)) {
    throw new PackageFileError(
      `Cannot take in "${location}", which ${place} refers to: it leads there itself. Drop one of the two lines`,
    );
  }
  const content = await contentOf(location, path, base, `, to which ${place} refers`);
  return packagesOf(requirementsIn(content), [location, ...files]);
}

async function contentOf(location: string, path: string, base: string, from = ""): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(location));
  } catch (error) {
    const reason = reasons[codeOf(error)] ?? String(error);
    const hint = from === "" && codeOf(error) === "ENOENT" ? `. ${await pathHint(path, base)}` : "";
    throw new PackageFileError(`Cannot read "${location}"${from}: ${reason}${hint}`);
  }
}

const whatCondaReads = "Write it as conda has it: `dependencies`, and a list of packages";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "it is a directory",
  EACCES: "permission denied",
  ERR_ENCODING_INVALID_ENCODED_DATA: "it is not text in UTF-8",
};
