import { unreached } from "../../values/unreached.ts";
import type { Attempt } from "./clusterRequest.ts";
import { ClusterError, isCertificateProblem } from "./errors.ts";
import { CONNECT_TIMEOUT_MS, REQUEST_TIMEOUT_MS } from "./limits.ts";

/** The error for a request that got no answer. */
export function connectionError(attempt: Attempt, error: unknown): ClusterError {
  const cause = innermost(error);
  const problem = `Cannot ${attempt.action} ${attempt.subject}: cannot reach ${attempt.server} (${reasonOf(cause)})`;
  return new ClusterError("unreachable", problem, { cause, hint: hintOf(cause) });
}

/** True when the request certainly never reached the server, so that it cannot have had an effect. */
export function neverArrived(error: ClusterError): boolean {
  const code = codeOf(error.cause);
  return error.kind === "unreachable" && (isCertificateProblem(error.cause) || NOT_CONNECTED.has(code));
}

/** True when a connection was given up because nothing more came. */
export function isSilence(error: unknown): boolean {
  return codeOf(error) === "UND_ERR_BODY_TIMEOUT";
}

const NOT_CONNECTED = new Set([...Object.keys(unreached), "UND_ERR_CONNECT_TIMEOUT"]);

const CLOSED = "the connection was closed before the answer was complete";
const SILENT = `no answer within ${REQUEST_TIMEOUT_MS / 1000} s`;

const WORDS: Readonly<Record<string, string>> = {
  ...unreached,
  ECONNRESET: CLOSED,
  EPIPE: CLOSED,
  UND_ERR_SOCKET: CLOSED,
  UND_ERR_CONNECT_TIMEOUT: `timed out after ${CONNECT_TIMEOUT_MS / 1000} s`,
  UND_ERR_BODY_TIMEOUT: SILENT,
  ETIMEDOUT: "timed out",
};

function reasonOf(cause: unknown): string {
  const code = codeOf(cause);
  if ((cause as Error | undefined)?.name === "TimeoutError") return SILENT;
  if (isCertificateProblem(cause)) return `its certificate was not accepted: ${textOf(cause)} (${code})`;
  const words = WORDS[code] ?? textOf(cause);
  return code && !code.startsWith("UND_ERR_") ? `${words}, ${code}` : words;
}

function hintOf(cause: unknown): string {
  return isCertificateProblem(cause)
    ? "Check the server and the certificate authority that the kubeconfig names"
    : "Check the network, and which server the kubeconfig names";
}

/** Node reports a host with several addresses as an AggregateError, and some libraries wrap once more. */
function innermost(error: unknown): unknown {
  const { errors, cause } = Object(error) as { errors?: readonly unknown[]; cause?: unknown };
  if (errors?.length) return innermost(errors[0]);
  return cause instanceof Error && !codeOf(error) ? innermost(cause) : error;
}

function codeOf(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === "string" ? code : "";
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
