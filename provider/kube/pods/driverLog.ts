import { stripVTControlCharacters } from "node:util";
import { driverLinesOf } from "../../job/driverLines.ts";
import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { requestText } from "../connection/request.ts";
import { corePath } from "../paths.ts";
import { rayJobSubject, subjectOf } from "../subject.ts";
import { listPods, type Pod } from "./pods.ts";

/** The end of what a job has printed, oldest line first. */
export interface DriverLog {
  readonly lines: readonly string[];
  /** Why there are no lines. */
  readonly unavailable?: string;
}

/**
 * The last lines that the job's driver printed, without colours and cursor movements. They are in the newest pod of the
 * submitter, or beside the head in SidecarMode; in the other modes Kubernetes does not have them. Never throws for a
 * log that cannot be read, only the signal's reason when that is aborted.
 */
export async function driverLogTail(
  connection: Connection,
  rayJob: RayJob,
  lines: number,
  signal?: AbortSignal,
): Promise<DriverLog> {
  const place = placeOf(rayJob);
  if ("unavailable" in place) return { lines: [], unavailable: place.unavailable };
  try {
    const [pod] = await listPods(connection, rayJob.metadata.namespace, place.selector, signal);
    if (!pod) return { lines: [], unavailable: `${rayJobSubject(rayJob.metadata)} has no ${place.role} pod` };
    const log = await readLog(connection, pod, place.container, lines + MOST_TALK, signal);
    const printed = driverLinesOf(printedLines(log)).slice(-lines);
    return printed.length > 0
      ? { lines: printed }
      : { lines: [], unavailable: `${podSubject(pod)} has printed nothing` };
  } catch (error) {
    if (isClusterError(error)) return { lines: [], unavailable: error.message };
    throw error;
  }
}

/** What a terminal would show of a log, colours aside: of a line drawn over again, as progress bars do, only the last. */
export function printedLines(log: string): string[] {
  const lines = stripVTControlCharacters(log).split("\n").map(lastDrawn);
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

// What Ray's client says around the driver's lines; of a failed job it repeats the last ten of them.
const MOST_TALK = 40;

interface Place {
  readonly role: string;
  readonly selector: string;
  /** The first one if it has no particular name. */
  readonly container?: string;
}

function placeOf({ metadata: { name }, spec, status }: RayJob): Place | { readonly unavailable: string } {
  const mode = String(spec.submissionMode ?? "K8sJobMode");
  if (mode === "K8sJobMode") return { role: "submitter", selector: `job-name=${name}` };
  if (mode !== "SidecarMode") return { unavailable: `in ${mode} the driver's log is only on the Ray cluster` };
  if (!status?.rayClusterName) return { unavailable: "the Ray cluster does not exist yet" };
  const selector = `ray.io/cluster=${status.rayClusterName},ray.io/node-type=head`;
  return { role: "head", selector, container: "ray-job-submitter" };
}

async function readLog(
  connection: Connection,
  pod: Pod,
  container: string | undefined,
  tailLines: number,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { namespace, name } = pod.metadata;
  return await requestText(connection, {
    action: "read the log of",
    subject: podSubject(pod),
    path: `${corePath(namespace, "pods", name)}/log`,
    query: { container: container ?? pod.spec?.containers[0]?.name, tailLines },
    signal,
    // A log that can be read can be read at once, and the caller has better to do than to insist.
    retry: false,
  });
}

function podSubject({ metadata: { namespace, name } }: Pod): string {
  return subjectOf("Pod", namespace, name);
}

const LONGEST_LINE = 2_000;

function lastDrawn(line: string): string {
  const drawn = line.replace(/\r+$/, "");
  const last = drawn.slice(drawn.lastIndexOf("\r") + 1);
  return last.length > LONGEST_LINE ? `${last.slice(0, LONGEST_LINE)}…` : last;
}
