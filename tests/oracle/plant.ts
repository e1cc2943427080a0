import { chmod, lstat, mkdir, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { RandomTree } from "./trees.ts";

/** Makes the directory, leaving out what has no place because of what is there already. */
export async function plant(root: string, tree: RandomTree): Promise<void> {
  for (const { path, lines } of tree.ignoreFiles)
    await unlessTaken(root, path, (at) => writeFile(at, lines.join("\n")));
  for (const { path, content, executable } of tree.files) {
    await unlessTaken(root, path, async (at) => {
      await writeFile(at, content);
      if (executable) await chmod(at, 0o755);
    });
  }
  for (const path of tree.emptyDirectories) await unlessTaken(root, path, (at) => mkdir(at));
  await plantLinks(root, tree);
}

/** No link leads nowhere, or to a directory that a link lies in: these are refused, or go round and round. */
async function plantLinks(root: string, { links }: RandomTree): Promise<void> {
  const planted: string[] = [];
  for (const { path, target } of links) {
    const leads = join(root, target);
    if (!(await exists(leads)) || [...planted, path].some((each) => isWithin(each, target))) continue;
    if (planted.some((each) => isWithin(path, each) || isWithin(target, each))) continue;
    if (links.some((other) => isWithin(path, other.target))) continue;
    await unlessTaken(root, path, async (at) => {
      await symlink(relative(dirname(at), leads), at);
      planted.push(path);
    });
  }
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}

async function unlessTaken(root: string, path: string, make: (at: string) => Promise<unknown>): Promise<void> {
  const at = join(root, path);
  try {
    await mkdir(dirname(at), { recursive: true });
  } catch (error) {
    if (["ENOTDIR", "EEXIST"].includes(String((error as NodeJS.ErrnoException).code))) return;
    throw error;
  }
  if (
    await lstat(at).then(
      () => false,
      () => true,
    )
  )
    await make(at);
}

async function exists(location: string): Promise<boolean> {
  return stat(location).then(
    () => true,
    () => false,
  );
}
