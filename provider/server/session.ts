import { randomUUID } from "node:crypto";
import { nameOf } from "../values/urn.ts";
import type { Context, DiffResult, EngineStep, Work } from "./customResource.ts";
import { EngineMessages } from "./engineLog.ts";
import type { Properties } from "./properties.ts";
import { within } from "./timeout.ts";

/** What one process knows between two calls of the engine. */
export class Session {
  /** Set by Configure, before any call that needs it. */
  configuration: Properties = { values: {}, secrets: [] };
  /** Set by Configure; without it, what this process makes is nobody else's. */
  providerId: string = randomUUID();
  readonly messages: EngineMessages;
  readonly #announcements = new Map<string, NonNullable<DiffResult["announcement"]>>();
  readonly #cancellation = new AbortController();
  readonly #owed: Work[] = [];
  #callsInFlight = 0;

  constructor(engineAddress: string | undefined) {
    this.messages = new EngineMessages(engineAddress);
  }

  /**
   * Ends waits, and does what calls have left to be done. The engine cancels at the end of every operation, when it has written
   * the state, and waits for the answer; on Ctrl-C it does so while calls are in flight, and then once more.
   */
  async cancel(): Promise<void> {
    this.#cancellation.abort(new Cancelled());
    if (this.#callsInFlight > 0) return;
    const signal = AbortSignal.timeout(mostMilliseconds);
    await Promise.allSettled(this.#owed.splice(0).map((work) => work(signal)));
  }

  /** What the work says is said before the engine ends the plug-in. */
  #owe(urn: string, work: Work): void {
    this.#owed.push(async (signal) => {
      await work(signal);
      await this.messages.said(urn);
    });
  }

  /** Keeps what there is to say about a resource until the engine tells what it makes of it. */
  prepare(urn: string, announcement: DiffResult["announcement"]): void {
    if (announcement === undefined) this.#announcements.delete(urn);
    else this.#announcements.set(urn, announcement);
  }

  /** The same of one that is not there yet. Before a replacement, which the engine checks as if it were new, there is more to say. */
  prepareFirst(urn: string, announcement: string): void {
    if (!this.#announcements.has(urn)) this.prepare(urn, { replaced: announcement, updated: announcement });
  }

  /** Says what becomes of a resource: for good in a preview, and in a deployment on its row, until there is news. */
  async announce(urn: string, step: EngineStep, { preview }: { readonly preview: boolean }): Promise<void> {
    const announcement = this.#announcements.get(urn)?.[step];
    this.#announcements.delete(urn);
    if (announcement === undefined) return;
    const log = this.messages.logOf(urn);
    // A preview with --diff does not say of which resource a line is.
    if (preview) await log.info(`${nameOf(urn)} ${announcement}`);
    else log.status(announcement);
  }

  /** Answers one call in its surroundings. `timeoutSeconds` is the resource's custom timeout; 0 means that it has none. */
  async during<Answer>(
    urn: string,
    timeoutSeconds: number,
    answer: (context: Context) => Promise<Answer>,
  ): Promise<Answer> {
    const limit = { seconds: timeoutSeconds, setting: "customTimeouts" };
    this.#callsInFlight += 1;
    try {
      return await within(limit, this.#cancellation.signal, (signal) =>
        answer({
          configuration: this.configuration.values,
          providerId: this.providerId,
          log: this.messages.logOf(urn),
          signal,
          afterwards: (work) => this.#owe(urn, work),
          timeoutSeconds,
        }),
      );
    } finally {
      this.#callsInFlight -= 1;
      // The row is over with the answer.
      await this.messages.said(urn);
    }
  }
}

// The engine gives all plug-ins of an operation five seconds together, and takes one that has not answered for broken.
const mostMilliseconds = 2_000;

/** Why a call's signal is aborted: somebody pressed Ctrl-C, or the operation is over. */
export class Cancelled extends Error {
  constructor() {
    super("The operation was cancelled");
    this.name = "Cancelled";
  }
}
