import type { RayJob } from "../../job/rayJob.ts";
import { verdictOf } from "../../job/verdict.ts";
import type { Connection } from "../connection/connection.ts";
import { pause } from "../connection/pause.ts";
import { type FollowTarget, followRayJob } from "../watch/followRayJob.ts";

/** What is known of a job. */
export interface View {
  /** Undefined until it has been seen. */
  readonly latest: RayJob | undefined;
  /** Whether nothing will become of it any more, or nothing can be known. */
  readonly isOver: boolean;
}

/** A RayJob as it is at the moment, for someone who is busy with something else. */
export class JobInView {
  view: View = { latest: undefined, isOver: false };
  /** Aborted when the job is over and nothing has been heard for a moment: whatever does not end by itself is left then. */
  readonly deadline: AbortSignal;
  readonly #deadline = new AbortController();
  readonly #happenings = new EventTarget();
  #silence: NodeJS.Timeout | undefined;

  constructor() {
    this.deadline = this.#deadline.signal;
  }

  /** Keeps it up to date until it is over. Throws nothing: what is wrong, whoever waits for the job is told. */
  async follow(connection: Connection, target: FollowTarget, signal: AbortSignal): Promise<void> {
    try {
      for await (const sighting of followRayJob(connection, target, signal)) {
        if (sighting.kind === "gone") break;
        if (sighting.kind === "interrupted") continue;
        this.#see({ latest: sighting.rayJob, isOver: false });
        if (verdictOf(sighting.rayJob.status).ended) break;
      }
    } catch {
      // Nothing more can be known of it.
    }
    this.#see({ ...this.view, isOver: true });
    await this.#lastWords(signal);
  }

  /** Something has come of it: the deadline moves. */
  heard(): void {
    this.#silence?.refresh();
  }

  /** Waits until it is not as it was known, but no longer than so many milliseconds. Throws the signal's reason. */
  async untilNews(known: View, milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.view !== known) return;
    await this.#pause(milliseconds, "news", signal);
    signal.throwIfAborted();
  }

  #see(view: View): void {
    this.view = view;
    this.#happenings.dispatchEvent(new Event("news"));
  }

  async #lastWords(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.#silence = setTimeout(() => this.#happenings.dispatchEvent(new Event("silence")), SILENCE_MS);
    await this.#pause(LAST_WORDS_MS, "silence", signal);
    clearTimeout(this.#silence);
    this.#deadline.abort(new Error("The job is over"));
  }

  /** Waits so long, or until this happens, or the signal is aborted. */
  async #pause(milliseconds: number, happening: "news" | "silence", signal: AbortSignal): Promise<void> {
    const end = new AbortController();
    const stop = () => end.abort();
    // A signal made of others is remembered by them for ever.
    signal.addEventListener("abort", stop);
    this.#happenings.addEventListener(happening, stop);
    await pause(milliseconds, end.signal).catch(() => undefined);
    signal.removeEventListener("abort", stop);
    this.#happenings.removeEventListener(happening, stop);
  }
}

const SILENCE_MS = 3_000;
// What goes on printing does not hold up what there is to say of the job.
const LAST_WORDS_MS = 15_000;
