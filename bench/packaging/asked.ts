import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A process that answers each JSON line with one. */
export class Asked {
  readonly #process;
  readonly #answers;

  constructor(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.#process = spawn(command, args, {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, ...env },
    });
    this.#answers = createInterface(this.#process.stdout)[Symbol.asyncIterator]();
  }

  async ask(question: unknown): Promise<Record<string, number>> {
    this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    return JSON.parse(await this.line()) as Record<string, number>;
  }

  async line(): Promise<string> {
    const { value, done } = await this.#answers.next();
    if (done) throw new Error("The process has ended");
    return value;
  }

  end(): void {
    this.#process.stdin.end();
  }
}
