import type { RayJob } from "../../job/rayJob.ts";
import type { ClusterError } from "../connection/errors.ts";

/** Which RayJob to follow. Without a UID it is the first one seen under the name. The metadata of a RayJob is a target. */
export interface FollowTarget {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  /** The version the caller knows already: nothing older is reported, unless it is what the server says when it is asked. */
  readonly resourceVersion?: string;
}

/** What has become known of one RayJob since its follower last looked; of its states only the latest is kept. */
export interface Mail {
  readonly rayJob?: RayJob;
  /** It is no more; `rayJob`, if set, is how it was last. */
  readonly gone?: boolean;
  /** What was observed may be older than what the follower knows: it has to ask. */
  readonly doubtful?: boolean;
  readonly interrupted?: ClusterError;
  readonly failed?: { readonly error: unknown };
}

/** Between the one watch of a namespace, which never waits, and one follower, which may be slow. */
export class Mailbox {
  readonly name: string;
  #uid: string | undefined;
  #version: string | undefined;
  /** The version delivered last, unless the connection was lost since: then the follower waits to see it once more. */
  #delivered: string | undefined;
  #mail: Mail = {};
  #wake = () => {};

  constructor({ name, uid, resourceVersion }: FollowTarget) {
    this.name = name;
    this.#uid = uid;
    this.#version = resourceVersion;
  }

  /** What was listed or has happened: a state of the RayJob of this name, or that there is none. */
  observed(rayJob: RayJob | undefined): void {
    if (rayJob && this.#isFollowed(rayJob) && !this.#isOutdated(rayJob)) this.#accept(rayJob);
    else this.#deliver({ doubtful: true });
  }

  deleted(rayJob: RayJob): void {
    if (this.#uid === rayJob.metadata.uid) this.#deliver({ rayJob, gone: true });
    else this.#deliver({ doubtful: true });
  }

  /**
   * What the server answered when it was asked on behalf of this follower: that holds, though it be older than what was
   * known, for the cluster may have been restored from a backup.
   */
  verified(rayJob: RayJob | undefined): void {
    if (!rayJob || !this.#isFollowed(rayJob)) this.#deliver({ gone: true });
    // What has arrived meanwhile may have happened after the answer.
    else if (this.#mail.rayJob && this.#isOutdated(rayJob)) this.#deliver({ doubtful: true });
    else this.#accept(rayJob);
  }

  interrupted(error: ClusterError): void {
    this.#delivered = undefined;
    this.#deliver({ interrupted: error });
  }

  failed(error: unknown): void {
    this.#deliver({ failed: { error } });
  }

  /** What came since the last call, as soon as there is something. Throws the signal's reason when that is aborted. */
  async take(signal: AbortSignal): Promise<Mail> {
    signal.throwIfAborted();
    if (Object.keys(this.#mail).length === 0) await this.#arrival(signal);
    signal.throwIfAborted();
    const mail = this.#mail;
    this.#mail = {};
    return mail;
  }

  #isFollowed({ metadata: { uid } }: RayJob): boolean {
    return this.#uid === undefined || this.#uid === uid;
  }

  #isOutdated({ metadata: { resourceVersion } }: RayJob): boolean {
    return isOlder(resourceVersion, this.#version);
  }

  #accept(rayJob: RayJob): void {
    const { uid, resourceVersion } = rayJob.metadata;
    // What this follower has asked for itself comes by the watch, too.
    if (resourceVersion === this.#delivered) return;
    this.#uid = uid;
    this.#version = resourceVersion;
    this.#delivered = resourceVersion;
    this.#deliver({ rayJob });
  }

  #deliver(mail: Mail): void {
    this.#mail = { ...this.#mail, ...mail };
    this.#wake();
  }

  async #arrival(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      signal.addEventListener("abort", this.#wake, { once: true });
    });
    signal.removeEventListener("abort", this.#wake);
  }
}

/** Versions are decimal numbers that grow; anything else cannot be compared and counts as new. */
function isOlder(version: string, known: string | undefined): boolean {
  if (known === undefined || !DECIMAL.test(version) || !DECIMAL.test(known)) return false;
  return BigInt(version) < BigInt(known);
}

const DECIMAL = /^\d+$/;
