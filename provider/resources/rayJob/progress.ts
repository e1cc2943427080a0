import type { RayJob } from "../../job/rayJob.ts";
import type { RunEvent } from "../../job/report.ts";
import { type RunState, type Verdict, verdictOf } from "../../job/verdict.ts";
import type { ClusterError } from "../../kube/connection/errors.ts";
import { onEachBeat } from "./heartbeat.ts";

/** What keeps the job from running, in one line. */
type BlockerOf = (rayJob: RayJob) => Promise<string | undefined>;

/** Keeps whoever waits up to date: the phase, since when, and what holds the job up or is printed. */
export class Progress {
  readonly #blockerOf: BlockerOf;
  readonly #tell: (event: RunEvent) => void;
  readonly #stop: () => void;
  #rayJob: RayJob | undefined;
  #verdict: Verdict | undefined;
  /** By a clock that nobody sets: that of the cluster may differ, and that of this machine be put right meanwhile. */
  #since = performance.now();
  #blocker: string | undefined;
  #printed: string | undefined;
  #interruption: string | undefined;
  /** How many beats to let pass before the next look, and after it. */
  #beatsToLook = 1;
  #patience = 1;

  constructor(blockerOf: BlockerOf, show: (event: RunEvent) => void) {
    this.#blockerOf = blockerOf;
    this.#tell = show;
    this.#stop = onEachBeat(() => this.#beat());
  }

  saw(rayJob: RayJob): void {
    const verdict = verdictOf(rayJob.status);
    if (verdict.state !== this.#verdict?.state) {
      this.#since = performance.now();
      this.#blocker = undefined;
      this.#beatsToLook = 1;
      this.#patience = 1;
    }
    this.#rayJob = rayJob;
    this.#verdict = verdict;
    this.#interruption = undefined;
    this.#show();
  }

  /** Holds until the RayJob is seen again. */
  interrupted(error: ClusterError): void {
    this.#interruption = error.problem;
    this.#show();
  }

  /** The driver has printed this line, and it was shown. Nobody needs it twice at once, unless it has hidden the row. */
  printed(line: string, row?: "hidden"): void {
    this.#printed = line;
    if (row === "hidden") this.#show();
  }

  stop(): void {
    this.#stop();
  }

  #beat(): void {
    if (this.#rayJob === undefined || this.#verdict === undefined) return;
    this.#show();
    if (!held[this.#verdict.state]) return;
    this.#beatsToLook -= 1;
    if (this.#beatsToLook === 0) void this.#lookForBlocker(this.#rayJob);
  }

  /** What holds a job up is looked for at the next beat, and less and less often while it stays the same. */
  async #lookForBlocker(rayJob: RayJob): Promise<void> {
    const state = this.#verdict?.state;
    const blocker = await this.#blockerOf(rayJob).catch(() => undefined);
    if (this.#verdict?.state !== state) return; // what was found held up a state that is over
    this.#patience = blocker === this.#blocker ? Math.min(this.#patience * 2, mostBeats) : 1;
    this.#beatsToLook = this.#patience;
    this.#blocker = blocker;
  }

  #show(): void {
    if (this.#interruption !== undefined) {
      this.#tell({ kind: "interrupted", because: this.#interruption });
      return;
    }
    if (this.#verdict === undefined) return;
    const seconds = (performance.now() - this.#since) / 1000;
    const news = this.#newsOf(this.#verdict.state);
    this.#tell({ kind: "seen", verdict: this.#verdict, seconds, ...(news ? { news } : {}) });
  }

  #newsOf(state: RunState): string | undefined {
    if (held[state]) return this.#blocker;
    return state === "running" ? this.#printed : undefined;
  }
}

const mostBeats = 12;

const held = {
  pending: true,
  initializing: true,
  waiting: false,
  submitted: true,
  running: false,
  finishing: false,
  retrying: true,
  suspended: true,
  succeeded: false,
  failed: false,
  stopped: false,
} as const satisfies Record<RunState, boolean>;
