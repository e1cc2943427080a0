import type { RayJob } from "../../job/rayJob.ts";
import { verdictOf } from "../../job/verdict.ts";
import type { Connection } from "../connection/connection.ts";
import { pause } from "../connection/pause.ts";
import { type FollowTarget, followRayJob } from "../watch/followRayJob.ts";

/** A RayJob as it is at the moment, for someone who is busy with something else. */
export class JobInView {
  /** Undefined until it has been seen. */
  latest: RayJob | undefined;
  /** Whether nothing will become of it any more, or nothing can be known. */
  isOver = false;
  /** Aborted a moment after it is over: long enough to read what is there, and no longer. */
  readonly deadline: AbortSignal;
  readonly #deadline = new AbortController();
  #change = new AbortController();

  constructor() {
    this.deadline = this.#deadline.signal;
  }

  /** Keeps it up to date until it is over. Throws nothing: what is wrong, whoever waits for the job is told. */
  async follow(connection: Connection, target: FollowTarget, signal: AbortSignal): Promise<void> {
    try {
      for await (const sighting of followRayJob(connection, target, signal)) {
        if (sighting.kind === "gone") break;
        if (sighting.kind === "interrupted") continue;
        this.latest = sighting.rayJob;
        this.#changed();
        if (verdictOf(sighting.rayJob.status).ended) break;
      }
    } catch {
      // Nothing more can be known of it.
    }
    this.isOver = true;
    this.#changed();
    await pause(LAST_WORDS_MS, signal).catch(() => undefined);
    this.#deadline.abort(new Error("The job is over"));
  }

  /** Waits until it is seen anew, but no longer than so many milliseconds. */
  async untilSeen(milliseconds: number, signal: AbortSignal): Promise<void> {
    const change = this.#change.signal;
    await pause(milliseconds, AbortSignal.any([signal, change])).catch(() => signal.throwIfAborted());
  }

  #changed(): void {
    this.#change.abort();
    this.#change = new AbortController();
  }
}

const LAST_WORDS_MS = 3_000;
