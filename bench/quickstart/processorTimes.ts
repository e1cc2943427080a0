import { readdir, readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

/** A process, and how many milliseconds of a processor it has taken: its own, and the system's for it. */
export interface ProcessorTime {
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly milliseconds: number;
}

/**
 * What each process has taken that this one, or one of its children, starts for the work. They are looked at while they run, since
 * nobody tells afterwards: of the last moments of each there is nothing.
 */
export async function processorTimesDuring(work: () => Promise<void>): Promise<ProcessorTime[]> {
  const before = new Set(descendantsIn(await runningProcesses()).map(({ pid }) => pid));
  const found = new Map<number, ProcessorTime>();
  let isOver = false;
  const done = work().finally(() => {
    isOver = true;
  });
  while (!isOver) {
    for (const { pid, milliseconds } of descendantsIn(await runningProcesses())) {
      const command = await commandOf(pid);
      // One that has ended, and that nobody has asked about yet, has no command any more.
      if (!before.has(pid) && command.length > 0) found.set(pid, { command, milliseconds });
    }
    await pause(everyMilliseconds);
  }
  await done;
  return [...found.values()];
}

const everyMilliseconds = 30;

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly milliseconds: number;
}

function descendantsIn(running: readonly Running[], of = process.pid): Running[] {
  const children = running.filter(({ parent }) => parent === of);
  return [...children, ...children.flatMap(({ pid }) => descendantsIn(running, pid))];
}

async function runningProcesses(): Promise<Running[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  return (await Promise.all(pids.map(read))).flat();
}

async function read(pid: number): Promise<Running[]> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const [, parent, ...more] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [user = 0, system = 0] = more.slice(9);
  return parent === undefined ? [] : [{ pid, parent, milliseconds: (user + system) * tickMilliseconds }];
}

// Linux counts in hundredths of a second on all processors that Node.js runs on.
const tickMilliseconds = 10;

async function commandOf(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return text.split("\0").slice(0, -1);
}
