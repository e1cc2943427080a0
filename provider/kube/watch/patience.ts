import type { ClusterError } from "../connection/errors.ts";
import { pause } from "../connection/pause.ts";

/** How often in a row an observation's connection has failed, and what follows from it. */
export class Patience {
  readonly #signal: AbortSignal;
  #failures = 0;
  #refusals = 0;
  #wasAccepted = false;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** The server has agreed to what was asked. */
  accepted(): void {
    this.#refusals = 0;
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
   * A refusal (forbidden, no such resource) ends the observation at once if nothing was ever accepted; later it may come
   * from an API server that is still starting, or while credentials are being replaced.
   */
  endsWith(error: ClusterError): boolean {
    if (error.isTransient) return false;
    this.#refusals += 1;
    return !this.#wasAccepted || this.#refusals > MOST_REFUSALS;
  }

  /** Waits before the next attempt: longer each time, never in step with other clients, at least `asked`. */
  async pause(asked = 0): Promise<void> {
    const backOff = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** this.#failures) * (0.5 + Math.random() / 2);
    this.#failures += 1;
    await pause(Math.max(asked, backOff), this.#signal);
  }
}

const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const FAILURES_TILL_SUSPECT = 3;
const MOST_REFUSALS = 6;
