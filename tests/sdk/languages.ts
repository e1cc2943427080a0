import { execFile } from "node:child_process";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** A language in which a program can be compiled and run here, on the SDK that is committed. */
export interface Language {
  readonly name: string;
  /** The folder of the quickstart's in which the same program is in this language. */
  readonly folder: "typescript" | "python" | "go";
  /** The file of the program in it. */
  readonly program: string;
  /** Builds the SDK as its users get it, into a project. */
  install(project: string): Promise<void>;
  /** Compiles a project, as strictly as can be, and gives the command that runs it, less `FOLDER SETTINGS`. */
  compile(project: string): Promise<readonly string[]>;
  /** Checks other programs in the project, by their names. */
  check(project: string, programs: Readonly<Record<string, string>>): Promise<void>;
}

const root = resolve(import.meta.dirname, "../..");
const nodePackages = join(root, "node_modules");

const typeScript: Language = {
  name: "TypeScript",
  folder: "typescript",
  program: "index.ts",
  async install(project) {
    const sdk = join(project, "node_modules/pulumi-rayjob");
    await mkdir(sdk, { recursive: true });
    for (const scope of ["@pulumi", "@types"])
      await symlink(join(nodePackages, scope), join(project, "node_modules", scope));
    await run("node", [tsc, "--project", join(root, "sdk/nodejs"), "--outDir", sdk]);
    await cp(join(root, "sdk/nodejs/package.json"), join(sdk, "package.json"));
  },
  async compile(project) {
    await run("node", [tsc, "--project", project]);
    return ["node", join(import.meta.dirname, "nodejs/run.ts"), join(project, "bin/index.js")];
  },
  async check(project, programs) {
    const files = Object.keys(programs).map((name) => `${name}.ts`);
    await writeAll(project, programs, (name) => `${name}.ts`);
    const settings = { extends: "./tsconfig.json", compilerOptions: { noEmit: true }, files };
    await writeFile(join(project, "tsconfig.others.json"), JSON.stringify(settings));
    await run("node", [tsc, "--project", join(project, "tsconfig.others.json")]);
  },
};

const python: Language = {
  name: "Python",
  folder: "python",
  program: "__main__.py",
  async install(project) {
    // Building leaves its traces beside the sources.
    await cp(join(root, "sdk/python"), join(project, "sdks/rayjob"), { recursive: true });
    const options = ["--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--quiet"];
    const target = ["--target", packagesIn(project), join(project, "sdks/rayjob")];
    await run(interpreter(), ["-m", "pip", "install", ...options, ...target]);
  },
  async compile(project) {
    const program = join(project, python.program);
    await checkTypes(project, [program]);
    const driver = join(import.meta.dirname, "python/run.py");
    return ["env", `PYTHONPATH=${packagesIn(project)}`, interpreter(), driver, program];
  },
  async check(project, programs) {
    await checkTypes(project, await writeAll(project, programs, (name) => `${name}.py`));
  },
};

const go: Language = {
  name: "Go",
  folder: "go",
  program: "main.go",
  async install(project) {
    await run("go", ["vet", ...asBuilt, "./..."], { cwd: join(root, "sdk/go"), env: withoutC });
    await cp(join(root, "sdk/go"), join(project, "sdks/rayjob"), { recursive: true });
    await cp(join(import.meta.dirname, "go/automation.go"), join(project, "automation.go"));
  },
  async compile(project) {
    const executable = join(project, "it");
    await run("go", ["build", ...asBuilt, "-o", executable, "."], { cwd: project, env: withoutC });
    return [executable];
  },
  async check(project, programs) {
    await writeAll(join(project, "others"), programs, (name) => `${name}/main.go`);
    await run("go", ["vet", ...asBuilt, "./others/..."], { cwd: project, env: withoutC });
  },
};

export const languages = [typeScript, python, go];

/** The Python that has Pulumi's own SDKs, and what reads C#. */
export function interpreter(): string {
  const { SANDBOX_SDK_PYTHON } = process.env;
  if (!SANDBOX_SDK_PYTHON) throw new Error("SANDBOX_SDK_PYTHON is not set: `make test` names a Python in it");
  return SANDBOX_SDK_PYTHON;
}

/** The paths of the programs, in the files that they are written to. */
async function writeAll(
  folder: string,
  programs: Readonly<Record<string, string>>,
  fileOf: (name: string) => string,
): Promise<string[]> {
  const files = Object.entries(programs).map(async ([name, text]) => {
    const file = join(folder, fileOf(name));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  });
  return Promise.all(files);
}

async function checkTypes(project: string, programs: readonly string[]): Promise<void> {
  const options = ["--strict", "--follow-imports=silent", "--cache-dir", join(project, "mypy")];
  await run(interpreter(), ["-m", "mypy", ...options, ...programs], { env: { MYPYPATH: packagesIn(project) } });
}

/** Where `install` puts the SDK for Python. */
function packagesIn(project: string): string {
  return join(project, "packages");
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a program prints on stdout. One that fails is an error with all that it has said. */
export function run(
  program: string,
  args: readonly string[],
  { cwd = root, env = {} }: RunOptions = {},
): Promise<string> {
  return new Promise((fulfil, refuse) => {
    execFile(program, args, { cwd, env: { ...process.env, ...env }, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error) refuse(new Error(`${error.message}\n${stdout}${stderr}`));
      else fulfil(stdout);
    });
  });
}

const tsc = join(nodePackages, "typescript/bin/tsc");

// With other flags than those of tests/sandbox/build/sdk-go.sh, all of Kubernetes would be compiled a second time.
const asBuilt = ["-trimpath", "-buildvcs=false"];
const withoutC = { CGO_ENABLED: "0" };
