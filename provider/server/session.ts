import { randomUUID } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import type { Context, DiffResult, EngineStep } from "./customResource.ts";
import { EngineMessages } from "./engineLog.ts";
import type { Properties } from "./properties.ts";
import { within } from "./timeout.ts";
import { nameOf } from "./urn.ts";

/** What one process knows between two calls of the engine. */
export class Session {
  /** Set by Configure, before any call that needs it. */
  configuration: Properties = { values: {}, secrets: [] };
  /** Set by Configure; without it, what this process makes is nobody else's. */
  providerId: string = randomUUID();
  readonly messages: EngineMessages;
  readonly #announcements = new Map<string, NonNullable<DiffResult["announcement"]>>();
  readonly #cancellation = new AbortController();
  readonly #unfinished = new Set<Promise<unknown>>();

  constructor(engineAddress: string | undefined) {
    this.messages = new EngineMessages(engineAddress);
  }

  /** The engine cancels at the end of every operation, so this ends waits and nothing else. */
  async cancel(): Promise<void> {
    this.#cancellation.abort(new Cancelled());
    await Promise.all(this.#unfinished);
  }

  /** Keeps what there is to say about a resource until the engine tells what it makes of it. */
  prepare(urn: string, announcement: DiffResult["announcement"]): void {
    if (announcement === undefined) this.#announcements.delete(urn);
    else this.#announcements.set(urn, announcement);
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
    const works: (() => Promise<void>)[] = [];
    try {
      return await within(limit, this.#cancellation.signal, (signal) =>
        answer({
          configuration: this.configuration.values,
          providerId: this.providerId,
          log: this.messages.logOf(urn),
          signal,
          afterwards: (work) => void works.push(work),
          timeoutSeconds,
        }),
      );
    } finally {
      const done = Promise.all(works.map((work) => this.#doAfterwards(work)));
      // The engine may end the plug-in as soon as it has this answer.
      if (this.#cancellation.signal.aborted) await done;
    }
  }

  #doAfterwards(work: () => Promise<void>): Promise<void> {
    const done = turn()
      .then(work)
      .catch(() => undefined)
      .finally(() => this.#unfinished.delete(done));
    this.#unfinished.add(done);
    return done;
  }
}

/** Why a call's signal is aborted: somebody pressed Ctrl-C, or the operation is over. */
export class Cancelled extends Error {
  constructor() {
    super("The operation was cancelled");
    this.name = "Cancelled";
  }
}
