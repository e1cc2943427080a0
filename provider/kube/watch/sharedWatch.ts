import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { type FollowTarget, Mailbox } from "./mailbox.ts";
import { type Observation, observeRayJobs } from "./observeRayJobs.ts";

/** A place in the list and watch that all followers of a namespace share; the last one to leave ends it. */
export interface Subscription {
  readonly mailbox: Mailbox;
  leave(): void;
}

/** Joins the shared watch of the target's namespace, or starts it. What is known of the target already is in the mailbox. */
export function subscribe(connection: Connection, target: FollowTarget): Subscription {
  const ofConnection = watches.get(connection) ?? new Map<string, SharedWatch>();
  watches.set(connection, ofConnection);
  const watch = ofConnection.get(target.namespace) ?? start();
  const mailbox = new Mailbox(target);
  watch.join(mailbox);
  return { mailbox, leave: () => watch.leave(mailbox) };

  function start(): SharedWatch {
    const forget = () => {
      if (ofConnection.get(target.namespace) === started) ofConnection.delete(target.namespace);
    };
    const started = new SharedWatch(connection, target.namespace, forget);
    ofConnection.set(target.namespace, started);
    return started;
  }
}

const watches = new WeakMap<Connection, Map<string, SharedWatch>>();

class SharedWatch {
  readonly #mailboxes = new Set<Mailbox>();
  readonly #ending = new AbortController();
  readonly #forget: () => void;
  /** By name, those that are followed: a namespace may keep thousands. Undefined until the first list is there. */
  #known: Map<string, RayJob> | undefined;

  constructor(connection: Connection, namespace: string, forget: () => void) {
    this.#forget = forget;
    const observed = { namespace, isWanted: (rayJob: RayJob) => this.#isFollowed(rayJob.metadata.name) };
    this.#run(observeRayJobs(connection, observed, this.#ending.signal)).catch((error: unknown) => this.#fail(error));
  }

  join(mailbox: Mailbox): void {
    this.#mailboxes.add(mailbox);
    if (this.#known) mailbox.observed(this.#known.get(mailbox.name));
  }

  leave(mailbox: Mailbox): void {
    this.#mailboxes.delete(mailbox);
    if (!this.#isFollowed(mailbox.name)) this.#known?.delete(mailbox.name);
    if (this.#mailboxes.size > 0) return;
    this.#forget();
    this.#ending.abort();
  }

  async #run(observations: AsyncGenerator<Observation>): Promise<void> {
    for await (const observation of observations) this.#distribute(observation);
  }

  #distribute(observation: Observation): void {
    switch (observation.kind) {
      case "all":
        this.#known = new Map();
        for (const rayJob of observation.rayJobs) this.#keep(rayJob);
        this.#showKnown();
        break;
      case "resumed":
        this.#showKnown();
        break;
      case "present":
        this.#keep(observation.rayJob);
        for (const mailbox of this.#followersOf(observation.rayJob)) mailbox.observed(observation.rayJob);
        break;
      case "deleted":
        this.#known?.delete(observation.rayJob.metadata.name);
        for (const mailbox of this.#followersOf(observation.rayJob)) mailbox.deleted(observation.rayJob);
        break;
      case "interrupted":
        for (const mailbox of this.#mailboxes) mailbox.interrupted(observation.error);
        break;
      default:
        observation satisfies never;
    }
  }

  /** What nobody follows is not kept: nothing would bring it up to date. */
  #keep(rayJob: RayJob): void {
    if (this.#isFollowed(rayJob.metadata.name)) this.#known?.set(rayJob.metadata.name, rayJob);
  }

  #showKnown(): void {
    for (const mailbox of this.#mailboxes) mailbox.observed(this.#known?.get(mailbox.name));
  }

  #isFollowed(name: string): boolean {
    return [...this.#mailboxes].some((mailbox) => mailbox.name === name);
  }

  #followersOf({ metadata: { name } }: RayJob): Mailbox[] {
    return [...this.#mailboxes].filter((mailbox) => mailbox.name === name);
  }

  #fail(error: unknown): void {
    this.#forget();
    for (const mailbox of this.#mailboxes) mailbox.failed(error);
  }
}
