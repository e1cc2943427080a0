import { DriverLines } from "../../job/driverLines.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { Repetition } from "../../job/repetition.ts";
import { messageOf } from "../../values/messageOf.ts";
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
 * its next run follow. Ends when the job's log is over, when it may not be read, or when the signal is aborted; also when the
 * job is over and its log does not end. Returns whether the log of the last run was there, and was given to its end.
 * Throws nothing.
 *
 * Takes the permissions `list` on `pods` and `get` on `pods/log`; in HTTPMode and InteractiveMode, where only Ray's
 * dashboard has the log, `get` on `services/proxy` instead. Shares the watch of those who follow the job itself.
 */
export async function* followDriverLog(
  connection: Connection,
  target: FollowTarget,
  { signal, warn }: Following,
): AsyncGenerator<string, boolean> {
  const left = new AbortController();
  const job = new JobInView();
  const following = job.follow(connection, target, AbortSignal.any([signal, left.signal]));
  const reading = AbortSignal.any([signal, left.signal, job.deadline]);
  try {
    return yield* linesOf(connection, job, reading);
  } catch (error) {
    if (!reading.aborted) warn(`The driver's log is not shown: ${messageOf(error)}`);
    return false;
  } finally {
    left.abort();
    await following;
  }
}

async function* linesOf(connection: Connection, job: JobInView, signal: AbortSignal): AsyncGenerator<string, boolean> {
  const repetition = new Repetition();
  let last: Log | undefined;
  let isWhole = false;
  let delay = SHORTEST_DELAY_MS;
  for (;;) {
    const { view } = job;
    const log = view.latest && (await findLog(connection, view.latest, signal));
    if (log !== undefined && log.key !== last?.key) {
      repetition.begin(log.run);
      isWhole = yield* newLinesOf(log, repetition, () => job.heard());
      last = log;
      delay = SHORTEST_DELAY_MS;
    } else if (view.isOver) {
      return isWhole && log !== undefined && log.run === last?.run;
    } else {
      // Those who wait at the same time look at the same moment, and can ask together.
      await job.untilNews(view, delay - (Date.now() % delay), signal);
      delay = Math.min(delay * 2, LONGEST_DELAY_MS);
    }
  }
}

/** What a log has that was not there before. Returns whether the driver's lines are in it, to their end. */
async function* newLinesOf(log: Log, repetition: Repetition, heard: () => void): AsyncGenerator<string, boolean> {
  const driver = new DriverLines();
  let hasEnded = false;
  let count = 0;
  for await (const printed of untilItsEnd()) {
    heard();
    const lines = driver.take(printed);
    count += lines.length;
    yield* lines.filter((line) => repetition.isNew(line));
  }
  return hasEnded && count > 0;

  async function* untilItsEnd() {
    hasEnded = yield* log.lines;
  }
}

const SHORTEST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 4_000;

interface Log {
  /** Tells it from the logs of other attempts. */
  readonly key: string;
  /** Of which run of the job it is. */
  readonly run: string;
  readonly lines: AsyncGenerator<string, boolean>;
}

/** The log to read now; undefined as long as there is none. */
async function findLog(connection: Connection, rayJob: RayJob, signal: AbortSignal): Promise<Log | undefined> {
  const { namespace } = rayJob.metadata;
  const run = rayJob.status?.jobId ?? "";
  const place = logPlaceOf(rayJob);
  if (place === undefined) return undefined;
  if (place.kind === "dashboard") {
    const lines = followDashboard(connection, { ...place, namespace }, signal);
    return { key: `${place.service}/${place.jobId}`, run, lines };
  }
  try {
    const found = await findContainer(connection, namespace, place, signal);
    if (found?.status === undefined) return undefined;
    const log = { ...found, hasEnded: () => hasEnded(connection, found, place, signal) };
    return { key: String(found.pod.metadata.uid), run, lines: followContainer(connection, log, signal) };
  } catch (error) {
    if (isClusterError(error) && error.isTransient) return undefined;
    throw error;
  }
}
