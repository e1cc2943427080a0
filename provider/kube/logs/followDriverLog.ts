import { DriverLines } from "../../job/driverLines.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { Repetition } from "../../job/repetition.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import type { FollowTarget } from "../watch/followRayJob.ts";
import { followContainer } from "./containerLog.ts";
import { followDashboard } from "./dashboardLog.ts";
import { findContainer, hasEnded } from "./findContainer.ts";
import { JobInView } from "./jobInView.ts";
import { logPlaceOf } from "./logPlace.ts";

export interface Following {
  readonly signal: AbortSignal;
  /** Told once, why there are no lines, or no more of them. */
  readonly warn: (message: string) => void;
}

/**
 * The lines that the job's driver prints, as they come, without colours and without what Ray's client says around them:
 * each once, over lost connections and submissions that are tried again. When the whole job is tried again, the lines of
 * its next run follow. Ends when the job's log is over, when it may not be read, or when the signal is aborted. Throws nothing.
 *
 * Takes the permissions `list` on `pods` and `get` on `pods/log`; in HTTPMode and InteractiveMode, where only Ray's
 * dashboard has the log, `get` on `services/proxy` instead. Shares the watch of those who follow the job itself.
 */
export async function* followDriverLog(
  connection: Connection,
  target: FollowTarget,
  { signal, warn }: Following,
): AsyncGenerator<string> {
  const left = new AbortController();
  const job = new JobInView();
  const following = job.follow(connection, target, AbortSignal.any([signal, left.signal]));
  const reading = AbortSignal.any([signal, left.signal, job.deadline]);
  try {
    yield* linesOf(connection, job, reading);
  } catch (error) {
    if (!reading.aborted) warn(`The driver's log is not shown: ${error instanceof Error ? error.message : error}`);
  } finally {
    left.abort();
    await following;
  }
}

async function* linesOf(connection: Connection, job: JobInView, signal: AbortSignal): AsyncGenerator<string> {
  const repetition = new Repetition();
  let last: string | undefined;
  let delay = SHORTEST_DELAY_MS;
  for (;;) {
    const { latest, isOver } = job;
    const log = latest && (await findLog(connection, latest, signal));
    if (latest && log && log.key !== last) {
      const driver = new DriverLines();
      repetition.begin(latest.status?.jobId ?? "");
      for await (const printed of log.lines) {
        yield* driver.take(printed).filter((line) => repetition.isNew(line));
      }
      last = log.key;
      delay = SHORTEST_DELAY_MS;
    } else if (isOver) {
      return;
    } else {
      // Those who wait at the same time look at the same moment, and can ask together.
      await job.untilSeen(delay - (Date.now() % delay), signal);
      delay = Math.min(delay * 2, LONGEST_DELAY_MS);
    }
  }
}

const SHORTEST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 4_000;

interface Log {
  /** Tells it from the logs of other attempts. */
  readonly key: string;
  readonly lines: AsyncGenerator<string>;
}

/** The log to read now; undefined as long as there is none. */
async function findLog(connection: Connection, rayJob: RayJob, signal: AbortSignal): Promise<Log | undefined> {
  const { namespace } = rayJob.metadata;
  const place = logPlaceOf(rayJob);
  if (place === undefined) return undefined;
  if (place.kind === "dashboard") {
    const lines = followDashboard(connection, { ...place, namespace }, signal);
    return { key: `${place.service}/${place.jobId}`, lines };
  }
  try {
    const found = await findContainer(connection, namespace, place, signal);
    if (found?.status === undefined) return undefined;
    const log = { ...found, hasEnded: () => hasEnded(connection, found, place, signal) };
    return { key: String(found.pod.metadata.uid), lines: followContainer(connection, log, signal) };
  } catch (error) {
    if (isClusterError(error) && error.isTransient) return undefined;
    throw error;
  }
}
