import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import automation, {
  type EngineEvent,
  type OutputMap,
  type PreviewOptions,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import { stringify } from "yaml";
import { nameOf } from "../../provider/values/urn.ts";
import { isPlugin, kill, parentOf, writePlugin } from "./plugin.ts";
import type { Rows } from "./rows.ts";
import { type Run, record } from "./run.ts";

/** A Pulumi YAML program, without its runtime. */
export interface Program {
  /** The project's. Default: `rig`. */
  readonly name?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** A folder of its own for a program, its state and its plug-in; `dispose` removes it. The rig's stack is called `test`. */
export class Rig {
  readonly folder: string;
  readonly stack: Stack;

  constructor(folder: string, stack: Stack) {
    this.folder = folder;
    this.stack = stack;
  }

  /** Replaces the program that the next run executes. */
  async write(program: Program): Promise<void> {
    await writeFile(join(this.folder, "Pulumi.yaml"), projectOf(this.folder, program));
  }

  /** `rows` sees the lines at the end of resources' rows as they come. */
  up({ rows, ...options }: RigUpOptions = {}): Promise<Run> {
    return record((onEvent, onOutput) => {
      const onEachEvent = (event: EngineEvent) => {
        onEvent(event);
        rows?.sees(event);
      };
      return this.stack.up({ onEvent: onEachEvent, onOutput, diff: true, ...options });
    });
  }

  preview(options: Pick<PreviewOptions, "replace" | "diff" | "parallel"> = {}): Promise<Run> {
    return record((onEvent, onOutput) => this.stack.preview({ onEvent, onOutput, diff: true, ...options }));
  }

  /** What `pulumi preview --json` prints. */
  async previewJson(): Promise<string> {
    const { pulumiHome = "", envVars } = this.stack.workspace;
    const env = { ...process.env, ...envVars, PULUMI_HOME: pulumiHome };
    const options = { cwd: this.folder, env, maxBuffer: 2 ** 26 };
    const { stdout } = await promisify(execFile)("pulumi", ["preview", "--json", "--stack", "test"], options);
    return stdout;
  }

  refresh(): Promise<Run> {
    return record((onEvent, onOutput) => this.stack.refresh({ onEvent, onOutput }));
  }

  destroy(): Promise<Run> {
    return record((onEvent, onOutput) => this.stack.destroy({ onEvent, onOutput }));
  }

  import(resources: readonly { readonly type: string; readonly name: string; readonly id: string }[]): Promise<Run> {
    return record((_, onOutput) =>
      this.stack.import({ resources: [...resources], protect: false, generateCode: false, onOutput }),
    );
  }

  /** Where the stacks of this rig are, for another rig that refers to them. */
  get backend(): string {
    return `file://${join(this.folder, "state")}`;
  }

  async outputs(): Promise<OutputMap> {
    return this.stack.outputs();
  }

  /** The stack's outputs without their secrecy. */
  async values(): Promise<Record<string, OutputMap[string]["value"]>> {
    return Object.fromEntries(Object.entries(await this.outputs()).map(([name, { value }]) => [name, value]));
  }

  /** The resources of the stack's state by name. */
  async state(): Promise<ReadonlyMap<string, StoredResource>> {
    return new Map((await this.storedResources()).map((resource) => [nameOf(resource.urn), resource]));
  }

  /** The same as a list, for a program in which a component and its child, say, have the same name. */
  async storedResources(): Promise<readonly StoredResource[]> {
    const { checkpoint } = JSON.parse(await this.stateText());
    return checkpoint.latest?.resources ?? [];
  }

  /** The state just as it is stored, with secrets encrypted. */
  stateText(): Promise<string> {
    return readFile(join(this.folder, "state", ".pulumi", "stacks", "rig", "test.json"), "utf8");
  }

  /** Gives the lock back that a killed engine has left. */
  async cancel(): Promise<void> {
    await this.#removeHalfWritten();
    await this.stack.cancel();
  }

  /** The file backend writes its `.attrs` in place: an engine that is killed just then leaves one that no engine can read. */
  async #removeHalfWritten(): Promise<void> {
    const folder = join(this.folder, "state");
    for (const path of await readdir(folder, { recursive: true })) {
      const file = join(folder, path);
      if (path.endsWith(".attrs") && (await stat(file)).size === 0) await rm(file);
    }
  }

  /** Ends every running process of the plug-in at once, as a machine that loses its power does. */
  async killPlugins(): Promise<void> {
    for (const { pid } of await this.plugins()) kill(pid);
  }

  /** Ends the engine at once, and leaves its plug-ins to themselves. */
  async killEngine(): Promise<void> {
    for (const engine of new Set((await this.plugins()).flatMap(({ engine }) => engine ?? []))) kill(engine);
  }

  /** The running processes of the plug-in, with the engine of those whose engine runs. */
  async plugins(): Promise<{ readonly pid: number; readonly engine?: number }[]> {
    const text = await readFile(join(this.folder, "plugin", "pulumi-resource-rayjob.pids"), "utf8").catch(() => "");
    const started = text.split("\n").flatMap((line) => (line === "" ? [] : [line.split(" ").map(Number)]));
    const found = started.map(async ([pid = 0, engine = 0]) => {
      if (!(await isPlugin(pid))) return [];
      return [{ pid, ...((await parentOf(pid)) === engine && { engine }) }];
    });
    return (await Promise.all(found)).flat();
  }

  async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

export interface RigUpOptions {
  readonly signal?: AbortSignal;
  readonly rows?: Rows;
  readonly parallel?: number;
  readonly continueOnError?: boolean;
  /** The URNs of what is replaced in any case. */
  readonly replace?: string[];
}

export interface StoredResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly initErrors?: readonly string[];
}

/** A rig whose stack is empty. */
export async function newRig(program: Program, environment: Readonly<Record<string, string>> = {}): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), "rayjob-engine-"));
  await mkdir(join(folder, "state"));
  await linkPlugins(join(folder, "home"));
  await writePlugin(folder);
  await writeFile(join(folder, "Pulumi.yaml"), projectOf(folder, program));
  const stack = await automation.LocalWorkspace.createOrSelectStack(
    { stackName: "test", workDir: folder },
    surroundings(folder, environment),
  );
  return new Rig(folder, stack);
}

/** What the engine of a rig knows of the machine: a home and a state in the rig's folder, and no internet. */
export function surroundings(folder: string, environment: Readonly<Record<string, string>>) {
  return {
    pulumiHome: join(folder, "home"),
    envVars: {
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ...environment,
    },
  };
}

function projectOf(folder: string, program: Program): string {
  const plugins = { providers: [{ name: "rayjob", path: join(folder, "plugin") }] };
  // The YAML host does not know aliases.
  return stringify({ name: "rig", runtime: "yaml", plugins, ...program }, { aliasDuplicateObjects: false });
}

/** The `kubernetes` and `aws` plug-ins that `make test` has installed; a rig that needs neither does without. */
async function linkPlugins(home: string): Promise<void> {
  const { PULUMI_HOME } = process.env;
  await mkdir(home);
  if (PULUMI_HOME) await symlink(join(PULUMI_HOME, "plugins"), join(home, "plugins"));
}
