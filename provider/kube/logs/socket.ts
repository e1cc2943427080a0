import { on } from "node:events";
import type { ClusterRequest } from "../connection/clusterRequest.ts";
import type { Connection } from "../connection/connection.ts";
import { attemptOf } from "../connection/exchange.ts";
import { WATCH_SILENCE_MS } from "../connection/limits.ts";

/**
 * The texts that come through a web socket until it is closed, by whichever side, or has been silent for some minutes. One
 * that cannot be opened brings none: why, a web socket does not tell. Throws a `ClusterError` for want of credentials, or
 * the signal's reason.
 */
export async function* socketOf(
  connection: Connection,
  request: ClusterRequest,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { WebSocket } = await import("undici");
  const { headers, dispatcher } = await connection.credentials(attemptOf(connection, request), signal);
  const address = connection.server.replace(/\/+$/, "") + request.path;
  const socket = new WebSocket(address, { headers, dispatcher });
  const silence = setTimeout(() => socket.close(), WATCH_SILENCE_MS);
  try {
    const messages = on(socket as unknown as EventTarget as never, "message", { close: ["close"], signal });
    for await (const [{ data }] of messages) {
      silence.refresh();
      yield String(data);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(silence);
    socket.close();
  }
}
