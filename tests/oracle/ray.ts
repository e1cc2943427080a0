import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** What Ray packages of a directory. */
export interface Packaged {
  readonly members: readonly string[];
  /** Why it may be less than what we package, on purpose. */
  readonly differs: readonly string[];
}

/** A file that Ray has unpacked. */
export interface Unpacked {
  readonly path: string;
  readonly mode: number;
  readonly digest: string;
}

/** Ray's own packaging, in one Python process that has imported Ray once. */
export class Ray {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  private constructor(python: string) {
    this.#process = spawn(python, [join(import.meta.dirname, "packaged_by_ray.py")], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, TMPDIR: inMemory },
    });
    if (!this.#process.stdout) throw new Error("The process has no output");
    this.#answers = createInterface(this.#process.stdout)[Symbol.asyncIterator]();
  }

  static start(): Ray {
    const { SANDBOX_RAY_PYTHON } = process.env;
    if (!SANDBOX_RAY_PYTHON) throw new Error("SANDBOX_RAY_PYTHON is not set: run `make test`, or see tests/run.sh");
    return new Ray(SANDBOX_RAY_PYTHON);
  }

  async packaged(root: string, excludes: readonly string[]): Promise<Packaged> {
    return (await this.#ask({ root, excludes })) as Packaged;
  }

  /** The files of a zip file, as a node of Ray unpacks it. */
  async unpacked(zip: string): Promise<readonly Unpacked[]> {
    return ((await this.#ask({ zip })) as { files: Unpacked[] }).files;
  }

  end(): void {
    this.#process.stdin?.end();
  }

  async #ask(question: unknown): Promise<unknown> {
    this.#process.stdin?.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error("Ray's process has ended");
    return JSON.parse(value);
  }
}

/** Where small files are soon made and soon gone. */
export const inMemory = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
