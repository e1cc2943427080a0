import { randomBytes } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A directory to package. */
export interface Directory {
  readonly what: string;
  readonly make: (root: string, raySources: string) => Promise<void>;
  readonly rounds: number;
  /** Whether deflate makes it smaller. */
  readonly shrinks: boolean;
}

export const directories: readonly Directory[] = [
  { what: "Ray's own sources", make: raySources, rounds: 5, shrinks: true },
  { what: "1 GB of text", make: text, rounds: 2, shrinks: true },
  { what: "200 files kept, 20,000 git-ignored", make: ignored, rounds: 5, shrinks: false },
  { what: "8 x 25 MB of random bytes", make: random, rounds: 5, shrinks: false },
];

async function raySources(root: string, sources: string): Promise<void> {
  for (const path of await pythonFiles(sources)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await copyFile(join(sources, path), join(root, path));
  }
}

async function pythonFiles(sources: string): Promise<string[]> {
  return (await readdir(sources, { recursive: true })).filter((path) => path.endsWith(".py"));
}

/** Source code, over and over, but never twice within what deflate remembers. */
async function text(root: string, sources: string): Promise<void> {
  await mkdir(root);
  const paths = await pythonFiles(sources);
  const all = Buffer.concat(await Promise.all(paths.map((path) => readFile(join(sources, path)))));
  for (let index = 0; index < 40; index++)
    await writeFile(join(root, `${index}.txt`), all.subarray(index, 25_000_000 + index));
}

async function ignored(root: string): Promise<void> {
  await mkdir(join(root, "src"), { recursive: true });
  await mkdir(join(root, "data"));
  await writeFile(join(root, ".gitignore"), "data/\n*.log\n");
  const names = Array.from({ length: 20_000 }, (_, index) => join(root, "data", `${index}.csv`));
  while (names.length > 0) await Promise.all(names.splice(0, 100).map((name) => writeFile(name, "1,2,3\n")));
  for (let index = 0; index < 200; index++) await writeFile(join(root, "src", `${index}.bin`), randomBytes(10_000));
}

async function random(root: string): Promise<void> {
  await mkdir(root);
  for (let index = 0; index < 8; index++) await writeFile(join(root, `${index}.bin`), randomBytes(25_000_000));
}
