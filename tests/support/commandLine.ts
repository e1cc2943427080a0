import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { until } from "./until.ts";

/** What a run of the command line has come to. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One run of the compiled command `rayjob`, as a shell starts it. */
export class CommandLine {
  readonly #child;
  readonly #ended: Promise<number | null>;
  stdout = "";
  stderr = "";

  constructor(args: readonly string[], environment: Readonly<Record<string, string>> = {}, input = "") {
    this.#child = spawn(process.execPath, [executable, ...args], { env: { ...process.env, ...environment } });
    // Not every command reads it, and one that has ended cannot.
    this.#child.stdin.on("error", () => undefined).end(input);
    this.#child.stdout.on("data", (text: Buffer) => (this.stdout += text));
    this.#child.stderr.on("data", (text: Buffer) => (this.stderr += text));
    this.#ended = once(this.#child, "close").then(([code]) => code);
  }

  async says(pattern: RegExp): Promise<void> {
    await until(`the command to say ${pattern}`, async () => pattern.test(this.stderr), { everyMilliseconds: 20 });
  }

  /** Whoever reads its output leaves. */
  closeOutput(): void {
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
  }

  interrupt(): void {
    this.#child.kill("SIGINT");
  }

  async ended(): Promise<Ended> {
    const code = await this.#ended;
    return { code, stdout: this.stdout, stderr: this.stderr };
  }
}

export const executable = resolve(import.meta.dirname, "../../bin/provider/cli/rayjob.js");
