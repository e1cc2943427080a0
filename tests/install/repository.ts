import { execFileSync } from "node:child_process";
import { appendFileSync, symlinkSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { releasedCrds } from "../support/crds.ts";

const project = resolve(import.meta.dirname, "../..");

/** A git repository with what is committed here, as `acme/rayjob` of a git host, and with the tag of a release. */
export class Repository {
  /** Where a git host would have its repositories. */
  readonly host: string;
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.host = join(folder, "host");
  }

  /** Builds the release in a clone, and makes its tag, just as one does to publish it. */
  static async withRelease(): Promise<Repository> {
    const folder = await mkdtemp(join(tmpdir(), "rayjob-install-"));
    const repository = new Repository(folder);
    const clone = join(folder, "work");
    await mkdir(repository.host);
    git("clone", "--quiet", project, clone);
    symlinkSync(join(project, "node_modules"), join(clone, "node_modules"));
    // .gitignore means the folder, not a link to it.
    appendFileSync(join(clone, ".git", "info", "exclude"), "node_modules\n");
    const args = ["run", "--silent", "release", "--", "--tag", "--crds", releasedCrds("1.6.2")];
    execFileSync("npm", args, { cwd: clone, stdio: ["ignore", "ignore", "inherit"] });
    git("clone", "--quiet", "--bare", clone, join(repository.host, "acme", "rayjob.git"));
    return repository;
  }

  /** Where the npm package is that was built with the release. */
  get npmPackage(): string {
    return join(this.#folder, "work", "build", "release", `rayjob-${this.version}.tgz`);
  }

  get version(): string {
    const [tag = ""] = git("-C", join(this.host, "acme", "rayjob.git"), "tag").split("\n");
    return tag.slice(1);
  }

  /** A new clone as Pulumi makes it: what is committed at one revision, and nothing else. */
  async clone(revision: "main" | "release"): Promise<string> {
    const clone = await mkdtemp(join(this.#folder, `${revision}-`));
    const branch = revision === "main" ? [] : ["--branch", `v${this.version}`];
    const from = `file://${join(this.host, "acme", "rayjob.git")}`;
    git("-c", "advice.detachedHead=false", "clone", "--quiet", "--depth", "1", ...branch, from, clone);
    return clone;
  }

  async dispose(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

export function git(...args: readonly string[]): string {
  return execFileSync("git", args, { encoding: "utf8" });
}
