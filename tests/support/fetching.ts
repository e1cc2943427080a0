import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fetchScript } from "../../provider/fetch/fetchScript.ts";

/** A folder in which the init container's script is run by the machine's own Python, as the container would. */
export class Fetching {
  readonly folder: string;
  readonly #python: string;

  private constructor(folder: string, python: string) {
    this.folder = folder;
    this.#python = python;
  }

  static async start(python = "python3"): Promise<Fetching> {
    return new Fetching(await mkdtemp(join(tmpdir(), "rayjob-fetch-")), python);
  }

  async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  /** Files of a claim: texts, executable ones, and symbolic links. */
  async claim(name: string, files: Readonly<Record<string, string | { run: string } | { link: string }>>) {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.folder, "claims", name, path);
      await mkdir(dirname(file), { recursive: true });
      if (typeof content === "string") await writeFile(file, content);
      else if ("link" in content) await symlink(content.link, file);
      else await writeFile(file, content.run).then(() => chmod(file, 0o755));
    }
  }

  /** Runs it without its pauses; `to` is a path below the folder. No file may have more than `mostBytes`. */
  async run(
    mode: "copy" | "pack" | "module",
    from: string,
    to: string,
    environment: NodeJS.ProcessEnv = {},
    { mostBytes, stopAfter }: { mostBytes?: number; stopAfter?: Promise<unknown> } = {},
  ) {
    const script = fetchScript().replace("PAUSES = (1, 2, 4, 8)", "PAUSES = (0, 0, 0, 0)");
    const args = ["-c", script, mode, from, join(this.folder, to), join(this.folder, "claims")];
    const limit = mostBytes === undefined ? "" : `ulimit -f ${Math.ceil(mostBytes / 512)}; `;
    const command = ["-c", `${limit}exec "$@"`, "sh", this.#python, ...args];
    const child = spawn("sh", command, { env: { ...process.env, ...environment } });
    void stopAfter?.then(() => child.kill("SIGTERM"));
    const [exit, stdout, stderr] = await Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
    return { code: exit[0], stdout, stderr: stderr.replaceAll(this.folder, "") };
  }

  /** What is in the files below `to`, by their paths; none if there is no such folder. */
  async files(to: string): Promise<Record<string, string>> {
    const root = join(this.folder, to);
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const found = paths.map(async (path) => [path.slice(root.length + 1), await readFile(path, "utf8")] as const);
    return Object.fromEntries((await Promise.all(found)).sort());
  }
}
