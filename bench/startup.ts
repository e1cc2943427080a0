import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import { PluginProcess, starterOf } from "../tests/install/pluginProcess.ts";
import { type Comparison, median, milliseconds, runAlone } from "./comparison.ts";
import { installPlugins, type Plugins } from "./startup/plugins.ts";

// From the start of a process to its answers, by the command with which Pulumi's language host starts a plug-in: ours, as
// a release and as it is compiled from the sources, and one as the usual TypeScript component host serves it. Beside them a
// bare Node that loads Pulumi's SDK, which is what every host pays. And the command line's help, beside a bare Node.

const rounds = 9;
const node = resolve(process.execPath, "..");
const commandLine = resolve(import.meta.dirname, "../bin/provider/cli/rayjob.js");

export async function measureStartup(): Promise<Comparison[]> {
  const plugins = await installPlugins();
  try {
    return rowsOf(await measure(plugins));
  } finally {
    await plugins.remove();
  }
}

type Name = "released" | "fromSources" | "usual";

/** What one start has come to. */
interface Start {
  /** Milliseconds until the answer to the first call, and to the call for the schema. */
  readonly answer: number;
  readonly schema: number;
  readonly megabytes: number;
}

interface Measured {
  readonly starts: Readonly<Record<Name, readonly Start[]>>;
  readonly sdk: readonly number[];
  readonly bare: readonly number[];
  readonly help: readonly number[];
}

/** In turns, so that a machine that slows down slows all. */
async function measure(plugins: Plugins): Promise<Measured> {
  const starts: Record<Name, Start[]> = { released: [], fromSources: [], usual: [] };
  const [sdk, bare, help]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    sdk.push(await timeOf(["-e", 'require("@pulumi/pulumi"); console.log(0)']));
    for (const name of Object.keys(starts) as Name[]) starts[name].push(await start(plugins[name]));
    bare.push(await timeOf(["-e", "console.log(0)"]));
    help.push(await timeOf([commandLine, "--help"]));
  }
  return { starts, sdk, bare, help };
}

function rowsOf({ starts, sdk, bare, help }: Measured): Comparison[] {
  const of = (name: Name, what: keyof Start) => median(starts[name].map((each) => each[what]));
  const beside = median(sdk);
  const first = (measure: string, name: Name): Comparison => ({
    measure,
    ours: milliseconds(of(name, "answer")),
    beside: `${milliseconds(beside)} bare Node with @pulumi/pulumi`,
    ratio: (of(name, "answer") / beside).toFixed(2),
    goal: "+ 500 ms",
  });
  const besideUsual = (measure: string, what: keyof Start, show: (value: number) => string, goal: string) => ({
    measure,
    ours: show(of("released", what)),
    beside: `${show(of("usual", what))} the usual component host`,
    ratio: (of("released", what) / of("usual", what)).toFixed(2),
    goal,
  });
  return [
    first("start to the first answer, a release", "released"),
    first("start to the first answer, from sources", "fromSources"),
    besideUsual("start to the first answer", "answer", milliseconds, ""),
    besideUsual("start to the schema", "schema", milliseconds, ""),
    besideUsual("memory at rest", "megabytes", (value) => `${value.toFixed(0)} MB`, "<= 120 MB"),
    {
      measure: "rayjob --help",
      ours: milliseconds(median(help)),
      beside: `${milliseconds(median(bare))} bare Node`,
      ratio: (median(help) / median(bare)).toFixed(2),
      goal: "",
    },
  ];
}

async function start(plugin: string): Promise<Start> {
  const starter = starterOf(plugin, node);
  const began = performance.now();
  const process = await PluginProcess.start(plugin, node, tmpdir(), starter);
  try {
    await process.call("getPluginInfo", new emptyProto.Empty());
    const answer = performance.now() - began;
    await process.call("getSchema", new proto.GetSchemaRequest());
    const schema = performance.now() - began;
    await pause(restMilliseconds);
    return { answer, schema, megabytes: await residentMegabytes(process.pid) };
  } finally {
    await process.dispose();
  }
}

const restMilliseconds = 1_000;

async function timeOf(args: string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  const time = performance.now() - began;
  await end(child);
  return time;
}

async function end(child: ChildProcess): Promise<void> {
  child.kill();
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

await runAlone(import.meta.filename, measureStartup);
