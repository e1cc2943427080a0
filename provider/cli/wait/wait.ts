import type { WaitFor } from "../../job/args.ts";
import { usualLogTailLines } from "../../job/defaults.ts";
import { importedInputsOf } from "../../job/live.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { textOf } from "../../job/report.ts";
import { verdictOf } from "../../job/verdict.ts";
import type { Connection } from "../../kube/connection/connect.ts";
import { logTail } from "../../kube/logs/logTail.ts";
import { readRayJob } from "../../kube/rayJobs/readRayJob.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import { awaitJob, type Outcome } from "../../resources/rayJob/awaitJob.ts";
import { explain } from "../../resources/rayJob/explain.ts";
import type { Onlooker } from "../../resources/rayJob/onlooker.ts";
import type { Ending } from "./ending.ts";
import type { Target } from "./target.ts";

export interface Waiting extends Onlooker {
  readonly waitFor: WaitFor;
  /** Whether what the driver prints is printed, too. */
  readonly withLogs: boolean;
}

/** Waits for the RayJob as the resource does. Throws a `ClusterError`, or the signal's reason when that is aborted before it was seen. */
export async function wait(connection: Connection, target: Required<Target>, waiting: Waiting): Promise<Ending> {
  const { waitFor, withLogs, show, signal } = waiting;
  const rayJob = await readRayJob(connection, target.namespace, target.name, signal);
  if (rayJob === undefined) {
    return { outcome: "unknown", error: `There is no ${rayJobSubject(target)} on ${connection.server}` };
  }
  const inputs = { waitFor, ...(withLogs && { logs: "stream" }) };
  const outcome = await awaitJob(rayJob, inputs, connection, { ...waiting, looksBack: withLogs });
  if (outcome.kind !== "gone") show({ kind: "seen", verdict: verdictOf(outcome.rayJob.status) });
  return endingOf(outcome, connection, signal);
}

async function endingOf(outcome: Outcome, connection: Connection, signal: AbortSignal): Promise<Ending> {
  const { kind, rayJob } = outcome;
  switch (kind) {
    case "reached":
      return { outcome: "reached", rayJob };
    case "failed":
      return { outcome: "failed", rayJob, error: await failureOf(outcome, connection) };
    case "gone":
      return { outcome: "gone", rayJob, error: goneOf(rayJob) };
    case "unfinished": {
      const error = await explain(outcome, importedInputsOf(rayJob), { connection }, "The job goes on");
      return { outcome: signal.aborted ? "timedOut" : "unknown", rayJob, error };
    }
    default:
      return kind satisfies never;
  }
}

async function failureOf(outcome: Outcome & { readonly kind: "failed" }, connection: Connection): Promise<string> {
  const { rayJob, isLogShown } = outcome;
  const reason = await explain(outcome, importedInputsOf(rayJob), { connection });
  if (isLogShown) return reason;
  const tail = await logTail(connection, rayJob, usualLogTailLines);
  return tail === undefined ? reason : `${tail}\n${reason}`;
}

function goneOf({ metadata }: RayJob): string {
  return textOf({ message: `${rayJobSubject(metadata)} is gone`, reasons: ["It was deleted before it had ended"] });
}
