import type { Storage } from "./connect.ts";
import type { Attempt } from "./failedRequest.ts";
import { storageErrorOf } from "./storageErrorOf.ts";

/** The result of a request, or its StorageError; or why the signal was aborted, where that ended it. */
export async function request<Result>(
  { configuration }: Storage,
  attempt: Attempt,
  signal: AbortSignal,
  send: () => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  try {
    return await send();
  } catch (error) {
    signal.throwIfAborted();
    throw storageErrorOf(error, attempt, configuration);
  }
}
