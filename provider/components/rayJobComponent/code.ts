import { basename, resolve } from "node:path";
import { type CustomResourceOptions, type Input, output, type Resource } from "@pulumi/pulumi";
import { archiveMade } from "../../values/archive.ts";
import type { Value } from "../../values/value.ts";
import type { Argument } from "../argument.ts";
import { WorkingDir } from "../children.ts";
import { isLocal } from "../rayJobPlan.ts";
import { withClaimName } from "./claimUri.ts";
import { expectedFilesOf } from "./entrypoint.ts";

/** What becomes of a job's code: what the job takes in its place, and what has to be there before it. */
export interface Code {
  readonly inputs: { readonly runtimeEnv?: object };
  readonly resources: readonly Resource[];
}

/** Where packages are stored, and what the resources that do so are made with. */
export interface Store {
  readonly bucket: Input<string> | undefined;
  /** What the keys of the packages start with, if that is said. */
  readonly prefix: Input<string | undefined>;
  /** By the names of the volumes, for code that is on one of these. */
  readonly claimNames: Readonly<Record<string, Input<string>>>;
  readonly options: CustomResourceOptions;
}

/** Packages what of a job's code is on this machine, and gives the job the URIs of the packages; other URIs are passed on. */
export function packageCode(name: string, job: Argument, store: Store): Code {
  const runtimeEnv = job.at("runtimeEnv");
  const { excludes, ...others } = runtimeEnv.inputs;
  const [workingDir, pyModules] = [runtimeEnv.at("workingDir"), runtimeEnv.at("pyModules")];
  const resources: WorkingDir[] = [];
  const names = new Set<string>();
  const replaced = {
    ...(isPlain(workingDir) ? {} : { workingDir: placed(workingDir, asWorkingDir) }),
    ...(pyModules.elements.length > 0 ? { pyModules: pyModules.elements.map((each) => placed(each, asModule)) } : {}),
  };
  if (Object.keys(replaced).length === 0) return { inputs: {}, resources };
  const kept = excludes === undefined || resources.length > 0 ? {} : { excludes };
  return { inputs: { runtimeEnv: { ...others, ...kept, ...replaced } }, resources };

  /** Whether the job takes it as it is. */
  function isPlain(code: Argument): boolean {
    return !isArchive(code) && !isLocal(code.value) && withClaimName(code, store.claimNames) === code.given;
  }

  /** The URI of a part of the code. */
  function placed(code: Argument, made: (code: Argument) => WorkingDir): unknown {
    const archive = archiveMade(code.value);
    if (archive?.of === "uri") return output(code.given as Input<object>).apply(() => archive.uri);
    if (!isLocal(code.value)) return withClaimName(code, store.claimNames);
    const resource = made(code);
    resources.push(resource);
    return resource.uri;
  }

  function asWorkingDir(code: Argument): WorkingDir {
    const entrypoint = job.at("entrypoint");
    const isSaid = typeof entrypoint.value === "string" && expectedFilesOf(entrypoint.value).length > 0;
    const expectedFiles = output(entrypoint.text).apply((said = "") => expectedFilesOf(said));
    return stored(name, code, isSaid ? { expectedFiles } : {});
  }

  function asModule(code: Argument): WorkingDir {
    const unique = uniqueIn(names, moduleNameOf(code.value));
    return stored(`${name}.${unique}`, code, importedBy(code.value));
  }

  function stored(of: string, code: Argument, more: object): WorkingDir {
    const source = isArchive(code) ? { archive: code.given } : { path: code.given };
    const rules = excludes === undefined || isReady(code.value) ? {} : { excludes };
    const { bucket, prefix, options } = store;
    const place = { bucket, ...(prefix === undefined ? {} : { prefix }) };
    return new WorkingDir(of, { ...source, ...place, ...rules, ...more }, options);
  }
}

function isArchive(code: Argument): boolean {
  return archiveMade(code.value) !== undefined;
}

/** The path of what is on this machine; undefined of an archive of assets. */
function pathOf(code: Value | undefined): string | undefined {
  const archive = archiveMade(code);
  if (archive !== undefined) return archive.of === "path" ? archive.path : undefined;
  return typeof code === "string" ? code : undefined;
}

/** Whether it is a package already, by its name. */
function isReady(code: Value | undefined): boolean {
  return /\.(zip|whl)$/.test(pathOf(code) ?? "");
}

function isDirectory(code: Value | undefined): boolean {
  return pathOf(code) !== undefined && !isReady(code);
}

/** What tells a `WorkingDir` that a job imports it. A wheel is installed, and an archive of assets has its module's directory. */
function importedBy(code: Value | undefined): object {
  if (isDirectory(code)) return { includeParentDir: true };
  return pathOf(code)?.endsWith(".zip") ? { asModule: true } : {};
}

/** What a module is called: its directory, or the file without what follows its name. */
function moduleNameOf(code: Value | undefined): string {
  const path = pathOf(code);
  if (path === undefined) return "archive";
  const name = basename(resolve(path));
  return name.endsWith(".whl") ? (name.split("-")[0] ?? name) : name.replace(/\.zip$/, "");
}

/** The name, or the first one with a number behind it that is free. */
function uniqueIn(taken: Set<string>, name: string): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
  taken.add(free);
  return free;
}
