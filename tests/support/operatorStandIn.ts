import { setTimeout as pause } from "node:timers/promises";
import type { RayJob, RayJobStatus } from "../../provider/job/rayJob.ts";
import type { TestNamespace } from "./cluster.ts";

/** What the stand-in is about to do, or has just done. */
export type Moment = "initialized" | "running" | "ending" | "ended" | "deleting" | "released";

/** One run of a RayJob, as the stand-in has carried it out. */
export interface StandInRun {
  readonly uid: string;
  readonly name: string;
  /** What it has executed: the spec as it was when the job was submitted. */
  entrypoint?: unknown;
  outcome: "alive" | "succeeded" | "failed" | "stopped";
}

export interface StandInOptions {
  /** How long each phase takes. */
  readonly milliseconds: () => number;
  /** Told of each moment, and waited for. */
  readonly attendant: (moment: Moment) => Promise<void>;
  /** Whether the run fails. */
  readonly fails: (run: StandInRun, earlier: readonly StandInRun[]) => boolean;
}

/**
 * A stand-in for the KubeRay operator, for RayJobs of one namespace that the real one leaves alone: no cluster, no Ray, but
 * the same order of things. It holds a RayJob by KubeRay's finalizer before it starts a run, reads the spec once, goes
 * through KubeRay's statuses, and lets a deleted RayJob go only when its run is over. It keeps a record of what has run.
 */
export class OperatorStandIn {
  readonly runs: StandInRun[] = [];
  /** How many runs were alive at the same time, at most. */
  mostAtOnce = 0;
  readonly #namespace: TestNamespace;
  readonly #options: StandInOptions;
  readonly #routines = new Map<string, { readonly ending: AbortController; readonly done: Promise<void> }>();
  readonly #releases = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #watching: Promise<void>;

  constructor(namespace: TestNamespace, options: StandInOptions) {
    this.#namespace = namespace;
    this.#options = options;
    this.#watching = this.#watch();
  }

  /** Throws what has gone wrong with the stand-in itself. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const { ending } of this.#routines.values()) ending.abort();
    await Promise.all([this.#watching, ...this.#releases.values()]);
    await Promise.all([...this.#routines.values()].map(({ done }) => done));
  }

  runOf(uid: unknown): StandInRun | undefined {
    return this.runs.find((run) => run.uid === uid);
  }

  async #watch(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      for (const rayJob of await this.#namespace.rayJobs()) this.#reconcile(rayJob);
      await pause(30);
    }
  }

  #reconcile(rayJob: RayJob): void {
    const { uid, deletionTimestamp } = rayJob.metadata;
    if (deletionTimestamp !== undefined) {
      if (!this.#releases.has(uid)) this.#releases.set(uid, this.#release(rayJob));
    } else if (!this.#routines.has(uid)) {
      const ending = new AbortController();
      this.#routines.set(uid, { ending, done: this.#run(rayJob, ending.signal).catch(unlessGone) });
    }
  }

  async #run({ metadata: { name, uid } }: RayJob, signal: AbortSignal): Promise<void> {
    const { attendant, milliseconds, fails } = this.#options;
    const report = (status: RayJobStatus) => this.#namespace.report(name, status, uid);
    await this.#namespace.edit(name, { metadata: { uid, finalizers: [finalizer] } });
    const run: StandInRun = { uid, name, outcome: "alive" };
    this.runs.push(run);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.runs.filter(({ outcome }) => outcome === "alive").length);
    const started = { jobId: `${name}-abcde`, rayClusterName: `${name}-fghij`, startTime: new Date().toISOString() };
    await report({ ...started, jobDeploymentStatus: "Initializing" });
    await attendant("initialized");
    await pause(milliseconds(), undefined, { signal });
    run.entrypoint = (await this.#namespace.rayJob(name)).spec.entrypoint;
    await report({ jobDeploymentStatus: "Running", jobStatus: "RUNNING" });
    await attendant("running");
    await pause(milliseconds(), undefined, { signal });
    await attendant("ending");
    signal.throwIfAborted();
    const isFailure = fails(run, this.runs.slice(0, this.runs.indexOf(run)));
    await report({ ...(isFailure ? failed : succeeded), endTime: new Date().toISOString() });
    run.outcome = isFailure ? "failed" : "succeeded";
    await attendant("ended");
  }

  async #release({ metadata: { name, uid } }: RayJob): Promise<void> {
    const { attendant, milliseconds } = this.#options;
    const routine = this.#routines.get(uid);
    await attendant("deleting");
    routine?.ending.abort();
    await routine?.done;
    await pause(milliseconds());
    const run = this.runOf(uid);
    if (run?.outcome === "alive") run.outcome = "stopped";
    await this.#letGo(name, uid).catch(unlessGone);
    await attendant("released");
  }

  async #letGo(name: string, uid: string): Promise<void> {
    for (;;) {
      const { resourceVersion, ...metadata } = (await this.#namespace.rayJob(name)).metadata;
      if (metadata.uid !== uid) return;
      const { finalizers = [] } = metadata as { readonly finalizers?: readonly string[] };
      const others = finalizers.filter((other) => other !== finalizer);
      const patch = { metadata: { uid, resourceVersion, finalizers: others } };
      const isDone = await this.#namespace.edit(name, patch).then(() => true, unlessConflict);
      if (isDone) return;
    }
  }
}

const finalizer = "ray.io/rayjob-finalizer";
const succeeded: RayJobStatus = { jobDeploymentStatus: "Complete", jobStatus: "SUCCEEDED", succeeded: 1 };
const failed: RayJobStatus = {
  jobDeploymentStatus: "Failed",
  jobStatus: "FAILED",
  reason: "AppFailed",
  message: "Job entrypoint command failed with exit code 1",
  failed: 1,
};

/** The RayJob was deleted, or its deletion has begun, or another bears its name. */
function unlessGone(error: { readonly code?: number; readonly name?: string }): void {
  if (error.name !== "AbortError" && ![404, 409, 422].includes(error.code ?? 0)) throw error;
}

function unlessConflict(error: { readonly code?: number }): false {
  if (error.code !== 409) throw error;
  return false;
}
