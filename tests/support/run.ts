import { stripVTControlCharacters } from "node:util";
import automation, { type EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { nameOf } from "../../provider/values/urn.ts";

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

/** Runs the engine, and tells what it did. One that fails is no error here. */
export async function record(
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

export function diagnosticOf(event: NonNullable<EngineEvent["diagnosticEvent"]>) {
  return {
    name: nameOf(event.urn ?? ""),
    severity: event.severity,
    message: stripVTControlCharacters(event.message)
      .replaceAll(/<\{%.*?%\}>/g, "")
      .trim(),
    ephemeral: event.ephemeral ?? false,
  };
}

function isForUsers({ severity, message }: Diagnostic): boolean {
  return severity !== "debug" && !isOfThisMachine.test(message);
}

// Where there is no distribution of Pulumi's own, the engine warns of what stands in for its language host.
const isOfThisMachine = /^using pulumi-language-\w+ from \$PATH /;

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
