import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

const entry = resolve(import.meta.dirname, "../../bin/provider/index.js");

/** Puts the plug-in into the folder, as an executable that notes its processes and their engines. */
export async function writePlugin(folder: string): Promise<void> {
  const executable = join(folder, "plugin", "pulumi-resource-rayjob");
  await mkdir(join(folder, "plugin"));
  await writeFile(executable, `#!/bin/sh\necho $$ $PPID >> "$0.pids"\nexec '${process.execPath}' '${entry}' "$@"\n`);
  await chmod(executable, 0o755);
}

// The process of an earlier run may have ended, and its number been given to another program.
export async function isPlugin(pid: number): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return commandLine.includes(entry);
}

export async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return Number(stat.slice(stat.lastIndexOf(")")).split(" ")[2]);
}

// It may have ended just now.
export function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
