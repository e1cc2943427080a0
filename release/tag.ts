import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Makes the tag `vX.Y.Z` with the files of the folder, on the commit that is checked out: the name by which Pulumi looks for it. */
export function tag(root: string, folder: string): string {
  const git = (args: readonly string[], environment: NodeJS.ProcessEnv = {}): string =>
    execFileSync("git", args, { cwd: root, encoding: "utf8", env: { ...process.env, ...environment } }).trim();
  if (git(["status", "--porcelain"]) !== "")
    throw new Error("Cannot make the tag: there are changes that are not committed. Commit them, or leave out --tag");
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  // An index of its own, so that nothing of the checkout changes.
  const index = { GIT_INDEX_FILE: join(folder, "..", "index"), GIT_WORK_TREE: folder };
  git(["add", "--all", "--force", "."], index);
  const commit = git(["commit-tree", git(["write-tree"], index), "-p", "HEAD", "-m", `Release ${version}`]);
  git(["tag", "--annotate", "--message", `Release ${version}`, `v${version}`, commit]);
  return `v${version}: the tag, at ${commit}; publish it with: git push origin v${version}`;
}
