import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A file's content, or where a link leads to. */
export type Content = string | Buffer | { readonly link: string } | { readonly executable: string };

/** A directory of the test's own. */
export class Tree {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  at(path: string): string {
    return join(this.root, path);
  }

  async write(path: string, content: Content): Promise<void> {
    const location = this.at(path);
    await mkdir(dirname(location), { recursive: true });
    if (typeof content === "string" || Buffer.isBuffer(content)) await writeFile(location, content);
    else if ("link" in content) await symlink(content.link, location);
    else {
      await writeFile(location, content.executable);
      await chmod(location, 0o755);
    }
  }
}

/** A new directory with these files; gone after `removeTrees`, which goes into an `afterEach`. */
export async function aTree(files: Readonly<Record<string, Content>>): Promise<Tree> {
  const tree = new Tree(await mkdtemp(join(tmpdir(), "rayjob-packaging-")));
  trees.push(tree);
  for (const [path, content] of Object.entries(files)) await tree.write(path, content);
  return tree;
}

export async function removeTrees(): Promise<void> {
  for (const { root } of trees.splice(0)) await rm(root, { recursive: true, force: true });
}

const trees: Tree[] = [];
