import type { RayJob } from "../../job/rayJob.ts";
import { lineOf } from "../../job/report.ts";
import { type RunState, type Verdict, verdictOf } from "../../job/verdict.ts";
import type { Connection } from "../../kube/connection/connection.ts";
import type { ClusterError } from "../../kube/connection/errors.ts";
import { pendingCause } from "../../kube/pods/pendingCause.ts";
import type { EngineLog } from "../../server/engineLog.ts";

/** Keeps the resource's row up to date during a wait: the phase, since when, and what holds the job up. */
export class Progress {
  readonly #connection: Connection;
  readonly #log: EngineLog;
  readonly #ticks: NodeJS.Timeout;
  #rayJob: RayJob | undefined;
  #verdict: Verdict | undefined;
  /** By this process's clock: those of the cluster and of this machine may differ. */
  #since = Date.now();
  #blocker: string | undefined;
  #looking = false;

  constructor(connection: Connection, log: EngineLog) {
    this.#connection = connection;
    this.#log = log;
    this.#ticks = setInterval(() => this.#tick(), tickMilliseconds);
  }

  saw(rayJob: RayJob): void {
    const verdict = verdictOf(rayJob.status);
    if (verdict.state !== this.#verdict?.state) {
      this.#since = Date.now();
      this.#blocker = undefined;
    }
    this.#rayJob = rayJob;
    this.#verdict = verdict;
    this.#show();
  }

  interrupted(error: ClusterError): void {
    this.#log.status(lineOf({ kind: "interrupted", because: error.message }));
  }

  stop(): void {
    clearInterval(this.#ticks);
  }

  #tick(): void {
    if (this.#rayJob === undefined || this.#verdict === undefined) return;
    this.#show();
    if (!this.#looking && held[this.#verdict.state]) void this.#lookForBlocker(this.#rayJob);
  }

  async #lookForBlocker(rayJob: RayJob): Promise<void> {
    this.#looking = true;
    try {
      this.#blocker = await pendingCause(this.#connection, rayJob);
    } catch {
      this.#blocker = undefined;
    } finally {
      this.#looking = false;
    }
  }

  #show(): void {
    if (this.#verdict === undefined) return;
    const seconds = (Date.now() - this.#since) / 1000;
    const blocker = held[this.#verdict.state] ? this.#blocker : undefined;
    this.#log.status(lineOf({ kind: "seen", verdict: this.#verdict, seconds, ...(blocker ? { blocker } : {}) }));
  }
}

// The watch tells of changes at once; this only moves the clock on the row and looks at the pods of a job that is held up.
const tickMilliseconds = 5_000;

const held = {
  pending: true,
  initializing: true,
  waiting: false,
  submitted: true,
  running: false,
  finishing: false,
  retrying: true,
  suspended: false,
  succeeded: false,
  failed: false,
  stopped: false,
} as const satisfies Record<RunState, boolean>;
