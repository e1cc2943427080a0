import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

// From the start of the plug-in's process to the port it answers on, beside a bare Node that loads Pulumi's SDK: what
// every component host pays before its own work begins. Run `npm run build` first.

const rounds = 15;
const entry = resolve(import.meta.dirname, "../bin/provider/index.js");
const plugin: number[] = [];
const bare: number[] = [];
let memory = 0;

// In turns, so that a machine that slows down slows both.
for (let round = 0; round < rounds; round++) {
  bare.push(await timeOf(["-e", 'require("@pulumi/pulumi"); console.log(0)'], async () => {}));
  plugin.push(await timeOf([entry], async ({ pid }) => (memory = await residentMegabytes(pid))));
}

console.log(`bare Node with @pulumi/pulumi   ${median(bare).toFixed(0)} ms`);
console.log(`the plug-in, to its first port  ${median(plugin).toFixed(0)} ms, ${memory.toFixed(0)} MB at rest`);
console.log(`ratio                           ${(median(plugin) / median(bare)).toFixed(2)}`);

async function timeOf(args: string[], look: (process: ChildProcess) => Promise<unknown>): Promise<number> {
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

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
