import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { type ClusterError, isClusterError } from "../connection/errors.ts";
import { readRayJob } from "../rayJobs/readRayJob.ts";
import type { FollowTarget } from "./mailbox.ts";
import { Patience } from "./patience.ts";
import { subscribe } from "./sharedWatch.ts";

export type { FollowTarget } from "./mailbox.ts";

export type Sighting =
  | { readonly kind: "seen"; readonly rayJob: RayJob }
  /** It was deleted, even if another of the same name was created since. Nothing follows. */
  | { readonly kind: "gone" }
  /** The connection was lost; when it is there again the RayJob is seen. Nothing that happens meanwhile is missed. */
  | { readonly kind: "interrupted"; readonly error: ClusterError };

/**
 * Follows one RayJob from its present state on: each state soon after it arises, only the latest if the follower is slow.
 * All followers of a namespace and connection share one list and one watch.
 * Throws a `ClusterError` where trying again is futile (listing or watching RayJobs is forbidden, say; after it was granted,
 * for minutes), and the signal's reason when that is aborted.
 */
export async function* followRayJob(
  connection: Connection,
  target: FollowTarget,
  signal: AbortSignal,
): AsyncGenerator<Sighting> {
  const { mailbox, leave } = subscribe(connection, target);
  const patience = new Patience(connection, signal);
  try {
    for (;;) {
      const mail = await mailbox.take(signal);
      if (mail.rayJob) {
        patience.accepted();
        yield { kind: "seen", rayJob: mail.rayJob };
      }
      if (mail.gone) return yield { kind: "gone" };
      if (mail.failed) throw mail.failed.error;
      if (mail.interrupted) yield { kind: "interrupted", error: mail.interrupted };
      if (mail.doubtful) await verify();
    }
  } finally {
    leave();
  }

  async function verify(): Promise<void> {
    try {
      mailbox.verified(await readRayJob(connection, target.namespace, target.name, signal));
      patience.accepted();
      patience.restore();
    } catch (error) {
      if (!isClusterError(error) || patience.endsWith(error)) throw error;
      mailbox.interrupted(error);
      mailbox.observed(undefined);
      await patience.pause(error.retryAfterMs);
    }
  }
}
