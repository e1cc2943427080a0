import type { ClusterRequest } from "./clusterRequest.ts";
import type { Connection } from "./connection.ts";
import { ClusterError } from "./errors.ts";
import { exchange, readBody } from "./exchange.ts";
import { REQUEST_TIMEOUT_MS } from "./limits.ts";
import { withRetries } from "./retry.ts";

/**
 * Sends a request and gives the JSON of the answer. The type of the answer is the caller's claim, as the API documents it.
 * Throws a `ClusterError`, or the signal's reason when that is aborted.
 */
export async function requestJson<T>(connection: Connection, request: ClusterRequest): Promise<T> {
  return parsedAnswer(connection, request, await requestText(connection, request));
}

/** The object that an answer's text is as JSON. Throws a `ClusterError`: a proxy's login page comes with a 200, too. */
export function parsedAnswer<T>(
  { server }: Connection,
  { action, subject }: Pick<ClusterRequest, "action" | "subject">,
  text: string,
): T {
  const answer = parsed(text);
  if (typeof answer === "object" && answer !== null) return answer as T;
  throw new ClusterError("other", `Cannot ${action} ${subject}: ${server} did not answer a JSON object`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the parser's own message quotes the text, which may hold anything
  }
}

/** The same for answers that are plain text, such as logs. */
export async function requestText(connection: Connection, request: ClusterRequest): Promise<string> {
  const attempt = () => sendOnce(connection, request);
  if (request.retry === false) return await attempt();
  const { signal, onFailure } = request;
  return await withRetries(attempt, { budgetMs: () => connection.retryBudgetMs, signal, onFailure });
}

async function sendOnce(connection: Connection, request: ClusterRequest): Promise<string> {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  try {
    const answer = await exchange(connection, { ...request, signal });
    return await readBody(connection, request, answer);
  } catch (error) {
    request.signal?.throwIfAborted();
    throw error;
  }
}
