import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Comparison, median, milliseconds, runAlone } from "./comparison.ts";

// From the start of a process to its first word: the plug-in's port, beside a bare Node that loads Pulumi's SDK, which is
// what every component host pays before its own work begins; and the command line's help, beside a bare Node.

const rounds = 15;
const bin = resolve(import.meta.dirname, "../bin/provider");

export async function measureStartup(): Promise<Comparison[]> {
  const times = { sdk: [] as number[], plugin: [] as number[], bare: [] as number[], help: [] as number[] };
  let memory = 0;
  // In turns, so that a machine that slows down slows all.
  for (let round = 0; round < rounds; round++) {
    times.sdk.push(await timeOf(["-e", 'require("@pulumi/pulumi"); console.log(0)']));
    times.plugin.push(
      await timeOf([`${bin}/index.js`], async ({ pid }) => {
        memory = await residentMegabytes(pid);
      }),
    );
    times.bare.push(await timeOf(["-e", "console.log(0)"]));
    times.help.push(await timeOf([`${bin}/cli/rayjob.js`, "--help"]));
  }
  const [sdk, plugin, bare, help] = [times.sdk, times.plugin, times.bare, times.help].map(median) as Medians;
  return [
    {
      measure: "start of the plug-in, to its port",
      ours: `${milliseconds(plugin)}, ${memory.toFixed(0)} MB`,
      beside: `${milliseconds(sdk)} bare Node with @pulumi/pulumi`,
      ratio: (plugin / sdk).toFixed(2),
      goal: "+ 500 ms",
    },
    {
      measure: "rayjob --help",
      ours: milliseconds(help),
      beside: `${milliseconds(bare)} bare Node`,
      ratio: (help / bare).toFixed(2),
      goal: "",
    },
  ];
}

type Medians = [number, number, number, number];

async function timeOf(
  args: string[],
  look: (process: ChildProcess) => Promise<void> = async () => {},
): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  const time = performance.now() - start;
  await look(child);
  child.kill();
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return time;
}

async function residentMegabytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

await runAlone(import.meta.filename, measureStartup);
