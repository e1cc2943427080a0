import type { Connection } from "../connection/connection.ts";
import type { ClusterError } from "../connection/errors.ts";
import { pause } from "../connection/pause.ts";

/** How often in a row an observation's connection has failed, and what follows from it. */
export class Patience {
  readonly #signal: AbortSignal;
  readonly #refusalBudgetMs: number;
  #failures = 0;
  #setbacks = 0;
  #refusedSince: number | undefined;
  #wasAccepted = false;

  constructor({ refusalBudgetMs }: Pick<Connection, "refusalBudgetMs">, signal: AbortSignal) {
    this.#refusalBudgetMs = refusalBudgetMs;
    this.#signal = signal;
  }

  /** The server has agreed to what was asked. */
  accepted(): void {
    this.#setbacks = 0;
    this.#refusedSince = undefined;
    this.#wasAccepted = true;
  }

  /** Something has arrived. */
  restore(): void {
    this.#failures = 0;
  }

  /** After some failures in a row the place to continue from is itself suspect: etcd may have been restored. */
  get isShort(): boolean {
    return this.#failures >= FAILURES_TILL_SUSPECT;
  }

  /**
   * What does not pass by itself ends the observation at once if nothing was ever accepted. Later it may come from an API
   * server that is still starting, and a refusal while credentials are being replaced: that takes people minutes.
   */
  endsWith(error: ClusterError): boolean {
    if (error.isTransient) {
      // Whether the right is still gone cannot be told from a server that does not answer.
      this.#refusedSince = undefined;
      return false;
    }
    if (!this.#wasAccepted) return true;
    if (error.isRefusal) return this.#isRefusedForGood();
    this.#setbacks += 1;
    return this.#setbacks > MOST_SETBACKS;
  }

  /** Waits before the next attempt: longer each time, never in step with other clients, at least `asked`. */
  async pause(asked = 0): Promise<void> {
    const backOff = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** this.#failures) * (0.5 + Math.random() / 2);
    this.#failures += 1;
    await pause(Math.max(asked, backOff), this.#signal);
  }

  #isRefusedForGood(): boolean {
    const now = performance.now();
    this.#refusedSince ??= now;
    return now - this.#refusedSince >= this.#refusalBudgetMs;
  }
}

const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const FAILURES_TILL_SUSPECT = 3;
const MOST_SETBACKS = 6;
