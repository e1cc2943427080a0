import { createHash } from "node:crypto";
import { isList, isPropertyMap, listOf, type PropertyMap, type Value } from "../values/value.ts";
import { lastNameOf, packageNameOf, sourceOf } from "./source.ts";

/** Code that Ray cannot fetch by itself, and where a node finds it once an init container has. */
export interface FetchedCode {
  /** The name of the init container. */
  readonly name: string;
  readonly uri: string;
  /** How it is packed: what is in a folder, or a folder that is a module itself. */
  readonly mode: "pack" | "module";
  /** The zip file or wheel on the node. */
  readonly file: string;
}

/** Where the nodes find the code that was fetched. */
export const codeFolder = "/var/lib/rayjob/code";

/** Whether an init container has to fetch what Ray would refuse: a folder in S3, or anything on a claim. */
export function isFetched(uri: string, kind: CodeKind): boolean {
  const { scheme } = sourceOf(uri) ?? {};
  return scheme === "pvc" || (scheme === "s3" && packageEndingOf(uri, kind) === undefined);
}

/** How the name of a package ends, if it is one that Ray takes, or that a newer Ray does. */
export function packageEndingOf(uri: string, kind: CodeKind): string | undefined {
  const name = packageNameOf(uri);
  return [...packageEndings[kind], ...Object.keys(tarEndings)].find((ending) => name.endsWith(ending));
}

/** How the names of tar files end, each with the first version of Ray that takes them. */
export const tarEndings: Readonly<Record<string, string>> = {
  ".tar.gz": "2.56.0",
  ".tgz": "2.56.0",
  ".tar.xz": "2.60.0",
};

const packageEndings = { workingDir: [".zip"], pyModules: [".zip", ".whl"] } as const;

/** The settings of a runtime environment that are code. */
export type CodeKind = keyof typeof packageEndings;

/** The code that has to be fetched before Ray starts, of the job's runtime environment. */
export function fetchedCodeOf(runtimeEnv: Value | undefined): FetchedCode[] {
  const { workingDir, pyModules } = isPropertyMap(runtimeEnv) ? runtimeEnv : {};
  const directory = codeAt("working-dir", workingDir, "workingDir");
  const modules = listOf(pyModules).map((uri, index) => codeAt(`py-modules-${index}`, uri, "pyModules"));
  return [directory, ...modules].filter((code) => code !== undefined);
}

/** The runtime environment with the places on the node in the place of the URIs that Ray cannot take. */
export function withFetchedCode(runtimeEnv: PropertyMap): PropertyMap {
  const taken = (uri: Value | undefined, kind: CodeKind) => {
    const code = codeAt("", uri, kind);
    return code === undefined ? uri : `file://${code.file}`;
  };
  const { workingDir, pyModules, ...others } = runtimeEnv;
  return {
    ...others,
    workingDir: taken(workingDir, "workingDir"),
    pyModules: isList(pyModules) ? pyModules.map((uri) => taken(uri, "pyModules") ?? null) : pyModules,
  };
}

function codeAt(name: string, uri: Value | undefined, kind: CodeKind): FetchedCode | undefined {
  if (typeof uri !== "string" || !isFetched(uri, kind)) return undefined;
  const mode = kind === "workingDir" ? "pack" : "module";
  return { name: `rayjob-${name}`, uri, mode, file: fileOf(uri, mode) };
}

// Ray caches by the whole name, but takes that of a wheel for what is in it.
function fileOf(uri: string, mode: string): string {
  const hash = createHash("sha256").update(`${mode} ${uri}`).digest("hex").slice(0, 16);
  const source = sourceOf(uri);
  const name = source && lastNameOf(source);
  return `${codeFolder}/${name?.endsWith(".whl") ? `${hash}/${name}` : `${hash}.zip`}`;
}
