import type { Dispatcher } from "undici";
import type { Attempt, ClusterRequest } from "./clusterRequest.ts";
import type { Connection, Credentials } from "./connection.ts";
import { connectionError } from "./connectionError.ts";
import { REQUEST_TIMEOUT_MS } from "./limits.ts";
import { statusError } from "./statusError.ts";

export type Answer = Dispatcher.ResponseData;

/**
 * One request, one answer with a status below 300, its body still to be read; anything else is a `ClusterError`.
 * When the credentials are refused they are made anew, once: a token may have ended since it was read.
 */
export async function exchange(connection: Connection, request: ClusterRequest, silenceMs?: number): Promise<Answer> {
  const answer = await authorized(connection, request, silenceMs);
  if (answer.statusCode !== 401) return await accepted(connection, request, answer);
  await answer.body.dump();
  await connection.renew();
  return await accepted(connection, request, await authorized(connection, request, silenceMs));
}

/** The text of an answer's body. Throws a `ClusterError` if the connection breaks meanwhile. */
export async function readBody(connection: Connection, request: ClusterRequest, answer: Answer): Promise<string> {
  try {
    return await answer.body.text();
  } catch (error) {
    throw connectionError(attemptOf(connection, request), error);
  }
}

export function attemptOf(connection: Connection, { action, subject, path }: ClusterRequest): Attempt {
  return { action, subject, path, server: connection.server };
}

async function authorized(connection: Connection, request: ClusterRequest, silenceMs?: number): Promise<Answer> {
  const credentials = await connection.credentials(attemptOf(connection, request), request.signal);
  return await dispatch(connection, request, credentials, silenceMs);
}

async function dispatch(
  connection: Connection,
  request: ClusterRequest,
  { dispatcher, headers }: Credentials,
  bodyTimeout = REQUEST_TIMEOUT_MS,
): Promise<Answer> {
  const url = new URL(connection.server);
  const hasBody = request.body !== undefined;
  const silence = new AbortController();
  const limit = connection.answerTimeoutMs;
  const timer = setTimeout(() => silence.abort(new Error(`no answer within ${limit / 1000} s`)), limit);
  try {
    return await dispatcher.request({
      origin: url.origin,
      path: url.pathname.replace(/\/+$/, "") + request.path,
      query: definedOf(request.query),
      method: request.method ?? "GET",
      headers: { ...FIXED_HEADERS, ...(hasBody && { "content-type": request.contentType ?? JSON_TYPE }), ...headers },
      body: hasBody ? JSON.stringify(request.body) : null,
      signal: request.signal ? AbortSignal.any([request.signal, silence.signal]) : silence.signal,
      headersTimeout: 0, // has no more than the precision of a second
      bodyTimeout,
    });
  } catch (error) {
    throw connectionError(attemptOf(connection, request), silence.signal.aborted ? silence.signal.reason : error);
  } finally {
    clearTimeout(timer);
  }
}

async function accepted(connection: Connection, request: ClusterRequest, answer: Answer): Promise<Answer> {
  if (answer.statusCode < 300) {
    connection.reached = true;
    return answer;
  }
  const retryAfter = answer.headers["retry-after"];
  const body = await readBody(connection, request, answer);
  connection.reached = true;
  throw statusError(attemptOf(connection, request), answer.statusCode, body, [retryAfter].flat()[0]);
}

const JSON_TYPE = "application/json";

const FIXED_HEADERS = { accept: "application/json, */*", "user-agent": "pulumi-resource-rayjob" };

function definedOf(query: ClusterRequest["query"] = {}): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}
