import { plain } from "../../job/message.ts";
import type { ClusterRequest } from "../connection/clusterRequest.ts";
import type { Connection } from "../connection/connection.ts";
import { connectionError } from "../connection/connectionError.ts";
import { isClusterError } from "../connection/errors.ts";
import { attemptOf, exchange } from "../connection/exchange.ts";
import { parsedAnswer, requestJson } from "../connection/request.ts";
import { corePath } from "../paths.ts";
import { subjectOf } from "../subject.ts";
import { Patience } from "../watch/patience.ts";
import { logLines } from "./endedLines.ts";
import type { LogPlace } from "./logPlace.ts";
import { socketOf } from "./socket.ts";

type DashboardPlace = Extract<LogPlace, { readonly kind: "dashboard" }>;

/** A job on Ray's dashboard, which the API server passes requests on to. That takes `get` on `services/proxy`. */
export interface DashboardLog extends DashboardPlace {
  readonly namespace: string;
}

/**
 * All that the driver prints, from the first line until Ray calls the job ended: each line once, over however many
 * connections. Ray sends the lines as they come (its `logs/tail`, a web socket), always from the first one. Returns
 * whether it has come to its end. Throws a `ClusterError` if the log may not be read, or the signal's reason.
 */
export async function* followDashboard(
  connection: Connection,
  log: DashboardLog,
  signal: AbortSignal,
): AsyncGenerator<string, boolean> {
  const patience = new Patience(connection, signal);
  let count = 0;
  for (;;) {
    try {
      const hasEnded = await isOver(connection, log, signal);
      patience.accepted();
      const lines = hasEnded ? wholeLines(connection, log, signal) : tailLines(connection, log, signal);
      let position = 0;
      for await (const line of lines) {
        position += 1;
        if (position <= count) continue;
        count = position;
        patience.restore();
        yield plain(line);
      }
      if (hasEnded) return true;
      await patience.pause();
    } catch (error) {
      signal.throwIfAborted();
      if (isClusterError(error) && error.missing === "object") return false; // the service went with the cluster
      // A job that is not submitted yet is not found either.
      if (!isClusterError(error) || (error.kind !== "notFound" && patience.endsWith(error))) throw error;
      await patience.pause(error.retryAfterMs);
    }
  }
}

/** The whole log, as far as it has been printed. Throws a `ClusterError`. */
export async function dashboardLog(connection: Connection, log: DashboardLog, signal?: AbortSignal): Promise<string> {
  const request = requestFor(log, "/logs", signal);
  const { body } = await exchange(connection, request);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.length;
      if (length > longestLog) return "";
      chunks.push(chunk);
    }
  } catch (error) {
    throw connectionError(attemptOf(connection, request), error);
  } finally {
    body.destroy();
  }
  const { logs } = parsedAnswer<{ readonly logs?: unknown }>(connection, request, Buffer.concat(chunks).toString());
  return typeof logs === "string" ? logs : "";
}

// Ray gives all of it or nothing.
const longestLog = 64 * 1024 ** 2;

async function* wholeLines(connection: Connection, log: DashboardLog, signal: AbortSignal): AsyncGenerator<string> {
  const lines = (await dashboardLog(connection, log, signal)).split("\n");
  if (lines.at(-1) === "") lines.pop();
  yield* lines;
}

async function* tailLines(connection: Connection, log: DashboardLog, signal: AbortSignal): AsyncGenerator<string> {
  const lines = logLines();
  for await (const text of socketOf(connection, requestFor(log, "/logs/tail", signal), signal)) yield* lines.take(text);
}

async function isOver(connection: Connection, log: DashboardLog, signal: AbortSignal): Promise<boolean> {
  const { status } = await requestJson<{ readonly status?: string }>(connection, requestFor(log, "", signal));
  return ["SUCCEEDED", "FAILED", "STOPPED"].includes(status ?? "");
}

function requestFor(
  { namespace, service, port, jobId }: DashboardLog,
  what: string,
  signal: AbortSignal | undefined,
): ClusterRequest {
  return {
    action: "read the log of",
    subject: subjectOf("Service", namespace, service),
    path: `${corePath(namespace, "services", `${service}:${port}`)}/proxy/api/jobs/${encodeURIComponent(jobId)}${what}`,
    retry: false,
    signal,
  };
}
