import { setImmediate as breathe } from "node:timers/promises";

/**
 * Work that is done synchronously, since for many small files that is several times as fast, and that gives way to the
 * rest of the process after each stretch of time.
 */
export class Stretch {
  #since = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#since > stretchMilliseconds;
  }

  async giveWay(): Promise<void> {
    await breathe();
    this.#since = performance.now();
  }
}

const stretchMilliseconds = 20;
