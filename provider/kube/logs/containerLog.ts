import { plain } from "../../job/message.ts";
import type { ClusterRequest } from "../connection/clusterRequest.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { exchange } from "../connection/exchange.ts";
import { WATCH_SILENCE_MS } from "../connection/limits.ts";
import { streamed } from "../connection/streamed.ts";
import { corePath } from "../paths.ts";
import type { Pod } from "../pods/pods.ts";
import { subjectOf } from "../subject.ts";
import { Patience } from "../watch/patience.ts";
import { endedLinesOf } from "./endedLines.ts";
import { LogPosition } from "./logPosition.ts";

export interface ContainerLog {
  readonly pod: Pod;
  readonly container: string;
  /** Whether the container has ended, or is gone. */
  readonly hasEnded: () => Promise<boolean>;
}

/**
 * All that a container prints, from the first line it has kept until it has ended: each line once, over however many
 * connections. Returns whether it has come to its end: the pod may go first. Throws a `ClusterError` if the log may not be read, or the signal's reason.
 */
export async function* followContainer(
  connection: Connection,
  { pod, container, hasEnded }: ContainerLog,
  signal: AbortSignal,
): AsyncGenerator<string, boolean> {
  const position = new LogPosition();
  const patience = new Patience(connection, signal);
  for (;;) {
    try {
      // Asked before: what a container has printed when it ended is there to read.
      const isLast = await hasEnded();
      const query = { container, follow: "true", timestamps: "true", sinceTime: position.since };
      for await (const line of connectionOf(connection, { ...logRequest(pod, query), signal })) {
        patience.accepted();
        patience.restore();
        const printed = position.take(line);
        if (printed !== undefined) yield plain(printed);
      }
      if (isLast) return true;
      await patience.pause();
    } catch (error) {
      signal.throwIfAborted();
      if (isClusterError(error, "notFound")) return false;
      if (!isClusterError(error) || patience.endsWith(error)) throw error;
      await patience.pause(error.retryAfterMs);
    }
    position.resume();
  }
}

/** To read what a container of the pod has printed. */
export function logRequest(
  { metadata: { namespace, name } }: Pod,
  query: { readonly container: string } & ClusterRequest["query"],
): ClusterRequest {
  return {
    action: "read the log of",
    subject: subjectOf("Pod", namespace, name),
    path: `${corePath(namespace, "pods", name)}/log`,
    query,
  };
}

async function* connectionOf(connection: Connection, request: ClusterRequest): AsyncGenerator<string> {
  yield* streamed(connection, request, await exchange(connection, request, WATCH_SILENCE_MS), endedLinesOf);
}
