import { execFileSync } from "node:child_process";
import { basename } from "node:path";
import { newRig, type Rig } from "../tests/support/rig.ts";
import { changesOf } from "../tests/support/run.ts";
import { type Comparison, median, milliseconds, runAlone } from "./comparison.ts";
import { type DeployedQuickstart, deployQuickstart } from "./quickstart/deployedQuickstart.ts";
import { type ProcessorTime, processorTimesDuring } from "./quickstart/processorTimes.ts";

// A preview of the quickstart in which nothing changes, with a release: what a processor has to do for it in the plug-in, in the
// engine with its YAML host, and in the plug-ins of the children. These and the Node.js host are the sandbox's stand-ins, unless
// there are the official ones; they count in no ratio. Beside the plug-in a bare Node that loads Pulumi's SDK, which every
// component needs; beside the whole a program with nothing in it.

const rounds = 9;

export async function measureQuickstart(): Promise<Comparison[]> {
  const quickstart = await deployQuickstart();
  const nothing = await newRig({ resources: {} });
  const measured: Measured[] = [];
  try {
    await deploy(nothing);
    for (let round = 0; round < rounds; round++) measured.push(await measure(quickstart, nothing));
  } finally {
    await nothing.dispose();
    await quickstart.remove();
  }
  return rowsOf((what) => median(measured.map((each) => each[what])));
}

/** In milliseconds: of a processor's time, and, the last two, on the clock. */
interface Measured {
  readonly ours: number;
  readonly engine: number;
  readonly others: number;
  readonly sdk: number;
  readonly whole: number;
  readonly nothing: number;
}

async function measure({ rig, plugin }: DeployedQuickstart, nothing: Rig): Promise<Measured> {
  let whole = 0;
  const times = await processorTimesDuring(async () => {
    whole = await preview(rig);
  });
  const isOurs = ({ command }: ProcessorTime) => command.includes(plugin);
  const isEngine = ({ command: [program = ""] }: ProcessorTime) => engine.includes(basename(program));
  return {
    ours: sumOf(times.filter(isOurs)),
    engine: sumOf(times.filter(isEngine)),
    others: sumOf(times.filter((each) => !isOurs(each) && !isEngine(each))),
    sdk: timeOfSdk(),
    whole,
    nothing: await preview(nothing),
  };
}

const engine = ["pulumi", "pulumi-language-yaml"];

function rowsOf(of: (what: keyof Measured) => number): Comparison[] {
  const [ours, engine] = [of("ours"), of("engine")];
  return [
    {
      measure: "preview of the quickstart without a change, processor time",
      ours: milliseconds(ours),
      beside: `${milliseconds(engine)} the engine (children's plug-ins: ${milliseconds(of("others"))})`,
      ratio: `${(ours / (ours + engine)).toFixed(2)} of both`,
      goal: "< 0.50",
    },
    {
      measure: "the same, of the plug-in alone",
      ours: milliseconds(ours),
      beside: `${milliseconds(of("sdk"))} bare Node with @pulumi/pulumi`,
      ratio: (ours / of("sdk")).toFixed(2),
      goal: "",
    },
    {
      measure: "the same, on the clock",
      ours: milliseconds(of("whole")),
      beside: `${milliseconds(of("nothing"))} a program with nothing in it`,
      ratio: (of("whole") / of("nothing")).toFixed(2),
      goal: "",
    },
  ];
}

async function deploy(rig: Rig): Promise<void> {
  const run = await rig.up();
  if (!run.succeeded) throw new Error(run.text);
}

/** How long a preview takes in which nothing changes. */
async function preview(rig: Rig): Promise<number> {
  const begun = performance.now();
  const run = await rig.preview();
  const time = performance.now() - begun;
  if (!run.succeeded || changesOf(run).length > 0) throw new Error(run.text);
  return time;
}

function timeOfSdk(): number {
  const program = 'require("@pulumi/pulumi"); const { user, system } = process.cpuUsage(); console.log(user + system);';
  return Number(execFileSync(process.execPath, ["-e", program], { cwd: import.meta.dirname, encoding: "utf8" })) / 1000;
}

function sumOf(times: readonly ProcessorTime[]): number {
  return times.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}

await runAlone(import.meta.filename, measureQuickstart);
