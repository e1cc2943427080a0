import { operatorStateFor } from "../../crds/operators.ts";
import {
  type Deletion,
  type DeletionLimits,
  needsOperator,
  prospectOf,
  unfinishedDeletionOf,
  usualLimits,
} from "../../job/deletion.ts";
import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { listOperators } from "../crds/listOperators.ts";
import { rayJobSubject } from "../subject.ts";
import { readRayJob } from "./readRayJob.ts";

export interface VigilOptions {
  /** Default: the usual ones; only tests have shorter ones. */
  readonly limits?: DeletionLimits | undefined;
  /** Told once, when nobody can see whether the deletion will ever end. */
  readonly onDoubt?: ((warning: string) => void) | undefined;
}

/**
 * Keeps watch while a RayJob is being deleted: without an operator that takes its finalizer away the deletion never ends.
 * Looks at intervals, and by itself does not keep the process alive.
 */
export class OperatorVigil {
  readonly #connection: Connection;
  readonly #limits: DeletionLimits;
  readonly #onDoubt: ((warning: string) => void) | undefined;
  readonly #hopeless = new AbortController();
  readonly #ended = new AbortController();
  readonly #began = performance.now();
  readonly #ticks: NodeJS.Timeout;
  #rayJob: RayJob | undefined;
  #changed = performance.now();
  #isLooking = false;
  #hasDoubted = false;

  constructor(connection: Connection, { limits = usualLimits, onDoubt }: VigilOptions) {
    this.#connection = connection;
    this.#limits = limits;
    this.#onDoubt = onDoubt;
    this.#ticks = setInterval(() => void this.#tick(), (limits.withoutOperator * 1000) / 3).unref();
  }

  /** Aborted, with the error to show, when nobody will finish the deletion. */
  get signal(): AbortSignal {
    return this.#hopeless.signal;
  }

  saw(rayJob: RayJob): void {
    if (rayJob.metadata.resourceVersion !== this.#rayJob?.metadata.resourceVersion) this.#changed = performance.now();
    this.#rayJob = rayJob;
  }

  end(): void {
    clearInterval(this.#ticks);
    this.#ended.abort();
  }

  async #tick(): Promise<void> {
    const rayJob = this.#rayJob;
    const isEarly = this.#prospect("none") === "waiting";
    if (rayJob === undefined || !needsOperator(rayJob) || isEarly || this.#isLooking) return;
    this.#isLooking = true;
    // What goes wrong here says nothing about the deletion.
    await this.#look(rayJob).catch(() => undefined);
    this.#isLooking = false;
  }

  async #look(rayJob: RayJob): Promise<void> {
    const operator = await this.#operator(rayJob);
    const prospect = this.#prospect(operator);
    if (prospect === "waiting" || (prospect === "doubtful" && this.#hasDoubted)) return;
    const { namespace, name, resourceVersion } = rayJob.metadata;
    // The watch may be behind.
    const now = await readRayJob(this.#connection, namespace, name, this.#ended.signal);
    if (now?.metadata.resourceVersion !== resourceVersion) return;
    const words = unfinishedDeletionOf(rayJob, rayJobSubject(rayJob.metadata), operator);
    if (prospect === "hopeless") return this.#hopeless.abort(new Error(words));
    this.#hasDoubted = true;
    this.#onDoubt?.(words);
  }

  async #operator({ metadata }: RayJob): Promise<Deletion["operator"]> {
    try {
      return operatorStateFor(metadata.namespace, await listOperators(this.#connection, this.#ended.signal));
    } catch (error) {
      if (isClusterError(error, "forbidden")) return "hidden";
      throw error;
    }
  }

  #prospect(operator: Deletion["operator"]) {
    const since = (moment: number) => (performance.now() - moment) / 1000;
    const deletion = { seconds: since(this.#began), idleSeconds: since(this.#changed), operator };
    return prospectOf(deletion, this.#limits);
  }
}
