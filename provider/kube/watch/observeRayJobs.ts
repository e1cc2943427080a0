import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { type ClusterError, isClusterError } from "../connection/errors.ts";
import { snapshotRayJobs } from "../rayJobs/snapshotRayJobs.ts";
import { openWatch } from "./openWatch.ts";
import { Patience } from "./patience.ts";

export type Observation =
  /** All there are of those that are wanted; what was seen before and is not among them may be gone. */
  | { readonly kind: "all"; readonly rayJobs: readonly RayJob[] }
  | { readonly kind: "present"; readonly rayJob: RayJob }
  | { readonly kind: "deleted"; readonly rayJob: RayJob }
  /** The connection was lost and is being made anew. */
  | { readonly kind: "interrupted"; readonly error: ClusterError }
  /** The connection is there again, and nothing has been missed. */
  | { readonly kind: "resumed" };

export interface Observed {
  readonly namespace: string;
  /** Which ones a list is to keep; asked of each, each time. */
  readonly isWanted: (rayJob: RayJob) => boolean;
}

/**
 * The RayJobs of a namespace and all that happens to them: one list, then one watch after the other, each from where the
 * last one ended, so that nothing is lost. Where the server has forgotten that place there is another list.
 * Throws the `ClusterError` that no patience will mend, or the signal's reason when that is aborted.
 */
export async function* observeRayJobs(
  connection: Connection,
  { namespace, isWanted }: Observed,
  signal: AbortSignal,
): AsyncGenerator<Observation> {
  const patience = new Patience(connection, signal);
  let version: string | undefined;
  let isInterrupted = false;
  for (;;) {
    try {
      if (version === undefined) {
        const snapshot = await snapshotRayJobs(connection, namespace, { signal, retry: false, isWanted });
        version = snapshot.resourceVersion;
        yield { kind: "all", rayJobs: snapshot.rayJobs };
      }
      const events = await openWatch(connection, namespace, version, signal);
      patience.accepted();
      if (isInterrupted) yield { kind: "resumed" };
      isInterrupted = false;
      for await (const { type, object } of events) {
        patience.restore();
        version = object.metadata.resourceVersion;
        if (type !== "BOOKMARK") yield { kind: type === "DELETED" ? "deleted" : "present", rayJob: object };
      }
      await patience.pause();
    } catch (error) {
      signal.throwIfAborted();
      if (!isClusterError(error)) throw error;
      if (error.kind === "gone" || patience.isShort) version = undefined;
      if (error.kind !== "gone") {
        if (patience.endsWith(error)) throw error;
        isInterrupted = true;
        yield { kind: "interrupted", error };
      }
      await patience.pause(error.retryAfterMs);
    }
  }
}
