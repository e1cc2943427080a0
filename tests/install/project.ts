import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import automation from "@pulumi/pulumi/automation/index.js";
import { parse, stringify } from "yaml";
import { type Program, Rig, surroundings } from "../support/rig.ts";

/** A user's project in Pulumi's YAML, as `pulumi new` leaves it: it has no package yet. */
export class Project {
  readonly folder: string;
  /** What the user's shell has in its environment. */
  readonly environment: Readonly<Record<string, string>>;

  private constructor(folder: string, environment: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.environment = environment;
  }

  static async create(environment: Readonly<Record<string, string>>): Promise<Project> {
    const folder = await mkdtemp(join(tmpdir(), "rayjob-project-"));
    const { PATH = "", PULUMI_HOME = "" } = process.env;
    // Pulumi would take a plug-in that it finds there, as that of the other tests, instead of the one that is installed.
    const folders = PATH.split(delimiter).filter((each) => !existsSync(join(each, "pulumi-resource-rayjob")));
    await mkdir(join(folder, "state"));
    await linkPlugins(join(PULUMI_HOME, "plugins"), join(folder, "home", "plugins"));
    await writeFile(join(folder, "Pulumi.yaml"), stringify({ name: "rig", runtime: "yaml" }));
    if (!hasNodejsHost()) folders.unshift(await nodejsHost(folder));
    return new Project(folder, { ...environment, PATH: folders.join(delimiter) });
  }

  /** Runs a command of Pulumi's in the folder, and gives what it prints. */
  async pulumi(...args: readonly string[]): Promise<string> {
    const { pulumiHome, envVars } = surroundings(this.folder, this.environment);
    const env = { ...process.env, ...envVars, PULUMI_HOME: pulumiHome };
    const { stdout, stderr } = await promisify(execFile)("pulumi", args, { cwd: this.folder, env });
    return stdout + stderr;
  }

  /** What `pulumi package add` has noted in the project, by the package's name. */
  async packages(): Promise<Readonly<Record<string, unknown>>> {
    return (await this.#settings()).packages ?? {};
  }

  /** The project with a program, and a stack of it. */
  async rig(program: Program): Promise<Rig> {
    await writeFile(join(this.folder, "Pulumi.yaml"), stringify({ ...(await this.#settings()), ...program }));
    const stack = await automation.LocalWorkspace.createOrSelectStack(
      { stackName: "test", workDir: this.folder },
      surroundings(this.folder, this.environment),
    );
    return new Rig(this.folder, stack);
  }

  async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  async #settings() {
    return parse(await readFile(join(this.folder, "Pulumi.yaml"), "utf8"));
  }
}

/** Those of the components' children; what is installed beside them is this project's alone. Links to whole ones are not seen. */
async function linkPlugins(from: string, to: string): Promise<void> {
  const plugins = (await readdir(from, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  for (const { name } of plugins) {
    await mkdir(join(to, name), { recursive: true });
    for (const file of await readdir(join(from, name))) await symlink(join(from, name, file), join(to, name, file));
  }
}

/** Whoever has Pulumi's own distribution has it. */
function hasNodejsHost(): boolean {
  try {
    execFileSync("which", ["pulumi-language-nodejs"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The folder with the one that stands in. */
async function nodejsHost(folder: string): Promise<string> {
  const program = resolve(import.meta.dirname, "../sandbox/languages/nodejs/index.ts");
  const executable = join(folder, "languages", "pulumi-language-nodejs");
  await mkdir(dirname(executable));
  await writeFile(executable, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  await chmod(executable, 0o755);
  return dirname(executable);
}
