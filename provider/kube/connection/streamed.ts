import type { ClusterRequest } from "./clusterRequest.ts";
import type { Connection } from "./connection.ts";
import { connectionError, isSilence } from "./connectionError.ts";
import { isClusterError } from "./errors.ts";
import { type Answer, attemptOf } from "./exchange.ts";

/**
 * What `read` makes of an answer that does not end, until it ends after all or falls silent. Must be read or returned: that
 * ends the request. Throws a `ClusterError` if the connection breaks.
 */
export async function* streamed<Item>(
  connection: Connection,
  request: ClusterRequest,
  { body }: Answer,
  read: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Item>,
): AsyncGenerator<Item> {
  try {
    yield* read(body);
  } catch (error) {
    if (isSilence(error)) return;
    throw isClusterError(error) ? error : connectionError(attemptOf(connection, request), error);
  } finally {
    // Ends the request if the reader has had enough.
    body.destroy();
  }
}
