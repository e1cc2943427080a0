import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import automation, {
  type EngineEvent,
  type OutputMap,
  type PreviewOptions,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import { stringify } from "yaml";
import { until } from "./until.ts";

/** A Pulumi YAML program, without its runtime. */
export interface Program {
  /** The project's. Default: `rig`. */
  readonly name?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** What one run of the engine did, as its own events tell it. */
export interface Run {
  readonly succeeded: boolean;
  readonly steps: readonly Step[];
  /** Errors, warnings and lines of information, without colours. */
  readonly diagnostics: readonly Diagnostic[];
  /** The lines at the end of resources' rows. */
  readonly progress: readonly Diagnostic[];
  /** Everything that a person would have read. */
  readonly text: string;
}

export interface Step {
  readonly name: string;
  readonly type: string;
  /** The engine's word: create, update, replace, create-replacement, delete-replaced, delete, same, refresh, import … */
  readonly op: string;
  /** By property path: `update`, `add-replace` … */
  readonly detailedDiff: Readonly<Record<string, string>>;
  /** The new state's outputs, as far as the engine knows them. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface Diagnostic {
  readonly name: string;
  readonly severity: string;
  readonly message: string;
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
}

/** What a person sees of a run that goes on, and can wait for. */
export class Rows {
  readonly #lines: string[] = [];
  /** The resources that are done, well or not. */
  readonly ended = new Set<string>();

  sees({ diagnosticEvent, resOutputsEvent, resOpFailedEvent }: EngineEvent): void {
    if (diagnosticEvent?.ephemeral) this.#lines.push(diagnosticOf(diagnosticEvent).message);
    const ended = resOutputsEvent ?? resOpFailedEvent;
    if (ended) this.ended.add(nameOf(ended.metadata.urn));
  }

  async show(pattern: RegExp): Promise<void> {
    const look = async () => this.#lines.some((line) => pattern.test(line));
    await until(`a row that says ${pattern}`, look, { everyMilliseconds: 20 });
  }
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

// The process of an earlier run may have ended, and its number been given to another program.
async function isPlugin(pid: number): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return commandLine.includes(entry);
}

async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return Number(stat.slice(stat.lastIndexOf(")")).split(" ")[2]);
}

// It may have ended just now.
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

const entry = resolve(import.meta.dirname, "../../bin/provider/index.js");

async function writePlugin(folder: string): Promise<void> {
  const executable = join(folder, "plugin", "pulumi-resource-rayjob");
  await mkdir(join(folder, "plugin"));
  await writeFile(executable, `#!/bin/sh\necho $$ $PPID >> "$0.pids"\nexec '${process.execPath}' '${entry}' "$@"\n`);
  await chmod(executable, 0o755);
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

async function record(
  run: (onEvent: (event: EngineEvent) => void, onOutput: (text: string) => void) => Promise<unknown>,
): Promise<Run> {
  const events: EngineEvent[] = [];
  const output: string[] = [];
  const succeeded = await run(
    (event) => events.push(event),
    (text) => output.push(text),
  ).then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof automation.CommandError)) throw error;
      output.push(error.message);
      return false;
    },
  );
  const diagnostics = events
    .flatMap((event) => event.diagnosticEvent ?? [])
    .map(diagnosticOf)
    .filter(isForUsers);
  return {
    succeeded,
    steps: stepsOf(events),
    diagnostics: diagnostics.filter(({ ephemeral }) => !ephemeral),
    progress: diagnostics.filter(({ ephemeral }) => ephemeral),
    text: stripVTControlCharacters(output.join("")),
  };
}

function diagnosticOf(event: NonNullable<EngineEvent["diagnosticEvent"]>) {
  return {
    name: nameOf(event.urn ?? ""),
    severity: event.severity,
    message: stripVTControlCharacters(event.message)
      .replaceAll(/<\{%.*?%\}>/g, "")
      .trim(),
    ephemeral: event.ephemeral ?? false,
  };
}

function isForUsers({ severity }: { readonly severity: string }): boolean {
  return severity !== "debug";
}

function stepsOf(events: readonly EngineEvent[]): Step[] {
  const began = events.flatMap((event) => event.resourcePreEvent?.metadata ?? []).filter(isResource);
  const ended = events.flatMap((event) => event.resOutputsEvent?.metadata ?? []).filter(isResource);
  // A refresh says only at its end what it has found.
  const shown = began.some(({ op }) => op === "refresh") ? ended : began;
  return shown.map((metadata) => ({
    name: nameOf(metadata.urn),
    type: metadata.type,
    op: metadata.op,
    detailedDiff: Object.fromEntries(
      Object.entries(metadata.detailedDiff ?? {}).map(([path, { diffKind }]) => [path, String(diffKind)]),
    ),
    outputs: ended.find(({ urn, op }) => urn === metadata.urn && op === metadata.op)?.new?.outputs ?? {},
  }));
}

function isResource({ type }: { readonly type: string }): boolean {
  return !type.startsWith("pulumi:");
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** What the run did, in the order in which it began it: `train update`. */
export function opsOf(run: Run): string[] {
  return run.steps.map(({ name, op }) => `${name} ${op}`);
}

/** What the run changed: `RayJob training-train create`. */
export function changesOf(run: Run): string[] {
  const changed = run.steps.filter(({ op, detailedDiff }) => op !== "same" && !isIdle(op, detailedDiff));
  return changed.map(({ type, name, op }) => `${kindOf(type)} ${name} ${op}`);
}

function isIdle(op: string, detailedDiff: Step["detailedDiff"]): boolean {
  return (op === "refresh" || op === "read") && Object.keys(detailedDiff).length === 0;
}

function kindOf(type: string): string {
  return type.split(":").at(-1) ?? type;
}

/** The first step of the resource that is not a deletion: the one that carries the difference. Some names are those of several. */
export function stepOf(run: Run, name: string, kind?: string): Step {
  const step = run.steps.find(
    (candidate) =>
      candidate.name === name &&
      (kind === undefined || kindOf(candidate.type) === kind) &&
      Object.keys(candidate.detailedDiff).length > 0,
  );
  if (step === undefined) throw new Error(`Nothing changed about ${name}:\n${run.text}`);
  return step;
}

export function outputsOf(run: Run, name: string): Readonly<Record<string, unknown>> {
  return run.steps.findLast((step) => step.name === name)?.outputs ?? {};
}

/** All that the run printed as errors of the resource. */
export function errorOf(run: Run, name: string): string {
  const errors = run.diagnostics.filter((each) => each.name === name && each.severity === "error");
  return errors.map(({ message }) => message).join("\n");
}
