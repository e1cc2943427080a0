import type { RayJob } from "../../job/rayJob.ts";
import type { ClusterRequest } from "../connection/clusterRequest.ts";
import type { Connection } from "../connection/connection.ts";
import { ClusterError } from "../connection/errors.ts";
import { attemptOf, exchange } from "../connection/exchange.ts";
import { WATCH_SECONDS, WATCH_SILENCE_MS } from "../connection/limits.ts";
import { type ApiStatus, statusError } from "../connection/statusError.ts";
import { streamed } from "../connection/streamed.ts";
import { rayJobPath } from "../paths.ts";
import { rayJobSubject } from "../subject.ts";
import { linesOf } from "./lines.ts";

/** One line of a watch. A bookmark's object has a resourceVersion and little else. */
export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK";
  readonly object: RayJob;
}

/**
 * Opens one watch on the RayJobs of a namespace: what happens to them after `resourceVersion`, for about five minutes, less
 * if it falls silent. The events must be read or returned. Opening and reading throw a `ClusterError`, of kind `gone` if the
 * server has forgotten that version.
 */
export async function openWatch(
  connection: Connection,
  namespace: string,
  resourceVersion: string,
  signal: AbortSignal,
): Promise<AsyncGenerator<WatchEvent>> {
  const request = watchRequest(namespace, resourceVersion, signal);
  const answer = await exchange(connection, request, WATCH_SILENCE_MS);
  return streamed(connection, request, answer, eventsOf);

  async function* eventsOf(chunks: AsyncIterable<Uint8Array>) {
    for await (const line of linesOf(chunks)) yield eventOf(line, connection, request);
  }
}

function watchRequest(namespace: string, resourceVersion: string, signal: AbortSignal): ClusterRequest {
  const timeoutSeconds = Math.round(WATCH_SECONDS * (1 + Math.random() / 10));
  return {
    action: "watch",
    subject: rayJobSubject({ namespace }),
    path: rayJobPath({ namespace }),
    query: { watch: "true", allowWatchBookmarks: "true", resourceVersion, timeoutSeconds },
    signal,
  };
}

function eventOf(line: string, connection: Connection, request: ClusterRequest): WatchEvent {
  const event = parse(line);
  if (!event) {
    const half = `${connection.server} sent half an event`;
    throw new ClusterError("unavailable", `Cannot ${request.action} ${request.subject}: ${half}`);
  }
  if (event.type !== "ERROR") return event;
  throw statusError(attemptOf(connection, request), event.object.code ?? 500, JSON.stringify(event.object));
}

function parse(line: string): WatchEvent | { readonly type: "ERROR"; readonly object: ApiStatus } | undefined {
  try {
    return JSON.parse(line) as WatchEvent;
  } catch {
    return undefined;
  }
}
