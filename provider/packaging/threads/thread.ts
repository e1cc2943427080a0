import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { PackagingError } from "../packagingError.ts";
import { done, type Kind, type Work, type Works } from "./work.ts";
import type { Answer, Order } from "./worker.ts";

/** Another thread that works for this one. If it breaks down, this one does what it has left undone. */
export class Thread {
  readonly #worker = new Worker(new URL(`./worker${extname(import.meta.filename)}`, import.meta.url));
  readonly #awaited = new Map<number, Awaited>();
  #id = 0;
  #hasEnded = false;

  constructor() {
    this.#worker.on("message", (answer: Answer) => this.#receive(answer));
    this.#worker.on("error", () => this.#breakDown());
    this.#worker.on("exit", () => this.#breakDown());
    // Nothing waits for a thread that has nothing to do.
    this.#worker.unref();
  }

  get hasRoom(): boolean {
    return !this.#hasEnded && this.#awaited.size < mostAwaited;
  }

  do<K extends Kind>(work: Work<K>): Promise<Works[K]["made"]> {
    const id = this.#id++;
    return new Promise<Works[Kind]["made"]>((resolve, reject) => {
      this.#awaited.set(id, { work, resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage({ id, work } satisfies Order);
    });
  }

  end(): void {
    this.#hasEnded = true;
    void this.#worker.terminate();
  }

  #receive(answer: Answer): void {
    const { id } = answer;
    const awaited = this.#awaited.get(id);
    this.#awaited.delete(id);
    if (this.#awaited.size === 0) this.#worker.unref();
    if ("made" in answer) awaited?.resolve(answer.made);
    else awaited?.reject(new PackagingError(answer.problem));
  }

  #breakDown(): void {
    this.#hasEnded = true;
    for (const [id, { work, resolve, reject }] of this.#awaited) {
      this.#awaited.delete(id);
      done(work).then(resolve, reject);
    }
  }
}

interface Awaited {
  readonly work: Work<Kind>;
  readonly resolve: (made: Works[Kind]["made"]) => void;
  readonly reject: (error: unknown) => void;
}

/** One that it works at, and the next. */
const mostAwaited = 2;
