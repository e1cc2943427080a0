import { waitForOf } from "../../job/args.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { isFailure, reached, type Verdict, verdictOf } from "../../job/verdict.ts";
import type { Connection } from "../../kube/connection/connect.ts";
import { pendingCause } from "../../kube/pods/pendingCause.ts";
import { followRayJob } from "../../kube/watch/followRayJob.ts";
import { within } from "../../server/timeout.ts";
import { messageOf } from "../../values/messageOf.ts";
import type { PropertyMap } from "../../values/value.ts";
import { showDriverLog } from "./driverLog.ts";
import type { Onlooker } from "./onlooker.ts";
import { Progress } from "./progress.ts";

/** How a wait ended, with the RayJob as it was seen last. */
export type Outcome = { readonly rayJob: RayJob } & (
  | { readonly kind: "reached" }
  /** `isLogShown` if the end of its driver's log was shown during the wait. */
  | { readonly kind: "failed"; readonly verdict: Verdict; readonly isLogShown?: boolean }
  /** Deleted, or replaced by another of the same name, before it had ended. */
  | { readonly kind: "gone" }
  /** The wait ended before the job did; `because` says why. */
  | { readonly kind: "unfinished"; readonly because: string }
);

/** Follows the RayJob until it is what `waitFor` asks for, has failed, is gone, or the wait is over. Throws nothing. */
export async function awaitJob(
  submitted: RayJob,
  inputs: PropertyMap,
  connection: Connection,
  onlooker: Onlooker,
): Promise<Outcome> {
  const seconds = typeof inputs.timeoutSeconds === "number" ? inputs.timeoutSeconds : undefined;
  const known = outcomeOf(submitted, inputs);
  if (known !== undefined && !(onlooker.looksBack && verdictOf(submitted.status).ended)) return known;
  return within({ seconds, setting: "timeoutSeconds" }, onlooker.signal, (signal) =>
    follow(submitted, inputs, connection, { ...onlooker, signal }),
  );
}

async function follow(
  submitted: RayJob,
  inputs: PropertyMap,
  connection: Connection,
  onlooker: Onlooker,
): Promise<Outcome> {
  const { signal: waiting } = onlooker;
  let rayJob = submitted;
  const progress = new Progress(
    (held) => pendingCause(connection, held),
    (event) => onlooker.show(event),
  );
  const shownLog = showDriverLog(submitted, inputs, connection, { onlooker, progress });
  try {
    for await (const sighting of followRayJob(connection, submitted.metadata, waiting)) {
      if (sighting.kind === "gone") return { kind: "gone", rayJob };
      if (sighting.kind === "interrupted") {
        progress.interrupted(sighting.error);
        continue;
      }
      rayJob = sighting.rayJob;
      progress.saw(rayJob);
      const outcome = outcomeOf(rayJob, inputs);
      if (outcome === undefined) continue;
      const isLogShown = verdictOf(rayJob.status).ended && (await shownLog.finish());
      return outcome.kind === "failed" ? { ...outcome, isLogShown } : outcome;
    }
    return { kind: "unfinished", rayJob, because: messageOf(waiting.reason) };
  } catch (error) {
    return { kind: "unfinished", rayJob, because: messageOf(waiting.aborted ? waiting.reason : error) };
  } finally {
    await shownLog.stop();
    progress.stop();
  }
}

function outcomeOf(rayJob: RayJob, inputs: PropertyMap): Outcome | undefined {
  const verdict = verdictOf(rayJob.status);
  if (isFailure(verdict)) return { kind: "failed", rayJob, verdict };
  return reached(verdict, waitForOf(inputs)) ? { kind: "reached", rayJob } : undefined;
}
