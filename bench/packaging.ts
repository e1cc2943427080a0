import { mkdtemp, readFile, rm } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Comparison, milliseconds, runAlone } from "./comparison.ts";
import { Asked } from "./packaging/asked.ts";
import { type Directory, directories } from "./packaging/directories.ts";

// A directory as a package, beside Ray's own packaging in a process that has imported Ray already: what it costs at first, when
// nothing has changed, in bytes, and in memory. In turns, the best of some, with all files in the system's cache.

const bin = resolve(import.meta.dirname, "../bin/provider/packaging");

export async function measurePackaging(): Promise<Comparison[]> {
  const { SANDBOX_RAY_PYTHON } = process.env;
  if (!SANDBOX_RAY_PYTHON)
    throw new Error("SANDBOX_RAY_PYTHON is not set: it is the Python of the folder oracle/ in the cache");
  const ray = new Asked(SANDBOX_RAY_PYTHON, [join(import.meta.dirname, "packaging/by_ray.py")]);
  const { sources } = JSON.parse(await ray.line()) as { sources: string };
  const comparisons: Comparison[] = [];
  const only = process.env.BENCH_DIRECTORY;
  for (const directory of directories) {
    if (only && !directory.what.includes(only)) continue;
    const folder = await mkdtemp(join(tmpdir(), "rayjob-bench-"));
    try {
      comparisons.push(...(await measured(directory, folder, ray, sources)));
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  ray.end();
  return comparisons;
}

async function measured(directory: Directory, folder: string, ray: Asked, sources: string): Promise<Comparison[]> {
  const root = join(folder, "tree");
  await directory.make(root, sources);
  // A cache trusts no file that has just been written.
  await pause(3_000);
  const cacheHome = join(folder, "cache");
  const program = stripTypeScriptTypes(await readFile(join(import.meta.dirname, "packaging/byUs.ts"), "utf8"));
  const us = new Asked(process.execPath, ["--input-type=module", "-e", program, bin, root, cacheHome], {
    XDG_CACHE_HOME: cacheHome,
  });
  const [ours, rays]: Record<string, number>[][] = [[], []];
  for (let round = 0; round < directory.rounds; round++) {
    ours?.push(await us.ask({}));
    rays?.push(await ray.ask({ root }));
  }
  us.end();
  return rowsOf(directory, ours ?? [], rays ?? []);
}

function rowsOf(
  { what, shrinks }: Directory,
  ours: Record<string, number>[],
  rays: Record<string, number>[],
): Comparison[] {
  const least = (runs: Record<string, number>[], ...names: string[]) =>
    Math.min(...runs.map((run) => names.reduce((sum, name) => sum + (run[name] ?? Number.NaN), 0)));
  const cold = least(ours, "survey", "zip");
  const unchanged = least(ours, "unchanged");
  const [hash, both] = [least(rays, "hash"), least(rays, "hash", "zip")];
  const [bytes, rayBytes] = [least(ours, "bytes"), least(rays, "bytes")];
  const memory = Math.max(...ours.map(({ megabytes = Number.NaN }) => megabytes));
  return [
    {
      measure: `package of ${what}`,
      ours: `${milliseconds(cold * 1000)} (${milliseconds(least(ours, "survey") * 1000)} of it the hash), ${memory.toFixed(0)} MB at most`,
      beside: `${milliseconds(both * 1000)} Ray's`,
      ratio: (cold / both).toFixed(2),
      goal: "< 0.33, 150 MB",
    },
    {
      measure: "  the same, unchanged",
      ours: milliseconds(unchanged * 1000),
      beside: `${milliseconds(hash * 1000)} Ray's hash`,
      ratio: (unchanged / hash).toFixed(2),
      goal: "< 0.11",
    },
    {
      measure: "  its size",
      ours: megabytes(bytes),
      beside: `${megabytes(rayBytes)} Ray's`,
      ratio: (bytes / rayBytes).toFixed(2),
      goal: shrinks ? "< 0.35" : "",
    },
  ];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

await runAlone(import.meta.filename, measurePackaging);
