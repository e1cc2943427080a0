import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** What a shell has come to. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
}

/** The real shells and joiners between a RayJob and Ray: see submitter.py. */
export class Submitter {
  readonly #folder = mkdtempSync(join(tmpdir(), "rayjob-submitter-"));
  readonly #python = spawn("python3", [join(import.meta.dirname, "submitter.py")], {
    stdio: ["pipe", "pipe", "inherit"],
    cwd: this.#folder,
  });
  readonly #answers = createInterface({ input: this.#python.stdout })[Symbol.asyncIterator]();

  /** What becomes of a text behind `ray job submit --`, with older and with newer versions of Ray. */
  submitted(script: string): Promise<readonly Outcome[]> {
    return this.#ask({ script });
  }

  /** What becomes of an entry point that comes to Ray as it is. */
  async direct(entrypoint: string): Promise<Outcome> {
    const [outcome] = await this.#ask<readonly Outcome[]>({ direct: entrypoint });
    if (outcome === undefined) throw new Error("submitter.py gave no answer");
    return outcome;
  }

  /** What `ray job submit` gets of a text between double quotes. */
  async quotedArgument(text: string): Promise<string> {
    const [argument, ...others] = await this.#ask<readonly string[]>({ json: text });
    if (argument === undefined || others.length > 0) throw new Error(`not one argument: ${argument} ${others}`);
    return argument;
  }

  dispose(): void {
    this.#python.stdin.end();
    rmSync(this.#folder, { recursive: true });
  }

  async #ask<Answer>(question: object): Promise<Answer> {
    this.#python.stdin.write(`${JSON.stringify(question)}\n`);
    const { value } = await this.#answers.next();
    return JSON.parse(String(value));
  }
}
