import type { Attempt } from "./clusterRequest.ts";
import { ClusterError, type ClusterErrorKind, type Missing } from "./errors.ts";

/** The API server's answer to a refused request (meta/v1 Status), as far as it is read here. */
export interface ApiStatus {
  readonly kind?: string;
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: {
    readonly name?: string;
    readonly kind?: string;
    readonly group?: string;
    readonly retryAfterSeconds?: number;
  };
}

/** The error for an answer of 300 and above; `body` is the answer's text, whoever gave it (a proxy may have). */
export function statusError(attempt: Attempt, status: number, body: string, retryAfter?: string): ClusterError {
  const answer = parseStatus(body);
  const kind = kindOf(status, answer);
  const missing = kind === "notFound" ? missingOf(answer, attempt.path) : undefined;
  const { reason, hint } = missing
    ? absenceOf(missing, answer, attempt)
    : { reason: reasonOf(kind, status, answer, attempt), hint: hints[kind] };
  const retryAfterMs = retryDelay(retryAfter, answer);
  return new ClusterError(kind, `Cannot ${attempt.action} ${attempt.subject}: ${reason}`, {
    hint,
    status,
    retryAfterMs,
    missing,
    unknownFields: unknownFieldsOf(answer?.message ?? ""),
  });
}

/** The fields that strict validation does not know, if it has nothing else to say. */
function unknownFieldsOf(message: string): readonly string[] | undefined {
  const said = /\bstrict decoding error: (.*)$/s.exec(message)?.[1]?.split(", ");
  const fields = said?.map((part) => /^unknown field "(.*)"$/.exec(part)?.[1]);
  return fields?.every((field) => field !== undefined) ? fields : undefined;
}

function parseStatus(body: string): ApiStatus | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return (parsed as ApiStatus | null)?.kind === "Status" ? (parsed as ApiStatus) : undefined;
  } catch {
    return undefined;
  }
}

const KIND_OF_STATUS: Readonly<Record<number, ClusterErrorKind>> = {
  400: "invalid",
  401: "unauthorized",
  403: "forbidden",
  404: "notFound",
  409: "conflict",
  410: "gone",
  422: "invalid",
  429: "unavailable",
};

function kindOf(status: number, answer: ApiStatus | undefined): ClusterErrorKind {
  if (answer?.reason === "AlreadyExists") return "alreadyExists";
  return KIND_OF_STATUS[status] ?? (status >= 500 ? "unavailable" : "other");
}

function reasonOf(kind: ClusterErrorKind, status: number, answer: ApiStatus | undefined, { server }: Attempt): string {
  const said = essenceOf(answer?.message ?? "");
  if (kind === "forbidden") return said ? `forbidden (${said})` : "forbidden";
  if (kind === "unauthorized") return `the credentials for ${server} were not accepted (401)`;
  if (kind === "alreadyExists") return "it exists already";
  if (kind === "invalid" && said) return said;
  return said ? `${said} (${status})` : `${server} answered ${status}`;
}

function missingOf(answer: ApiStatus | undefined, path: string): Missing {
  const { name, kind } = answer?.details ?? {};
  if (kind === "namespaces" && !/^\/api\/v1\/namespaces\/[^/]+$/.test(path)) return "namespace";
  return name ? "object" : "resourceType";
}

function absenceOf(missing: Missing, answer: ApiStatus | undefined, { path, server }: Attempt): Explanation {
  if (missing === "object") return { reason: "there is no such object" };
  if (missing === "namespace") {
    const reason = `there is no namespace "${answer?.details?.name}"`;
    return { reason, hint: "Create it, or choose another `namespace`" };
  }
  if (path.startsWith("/apis/ray.io/")) {
    const reason = `KubeRay's CRDs are not installed on the cluster ${server}`;
    return { reason, hint: "Install KubeRay, or choose another kubeconfig or context" };
  }
  const hint = "Install what serves it, or choose another kubeconfig or context";
  return { reason: `${server} does not serve ${path}`, hint };
}

interface Explanation {
  readonly reason: string;
  readonly hint?: string | undefined;
}

const hints: Readonly<Partial<Record<ClusterErrorKind, string>>> = {
  unauthorized: "Sign in again, or choose another kubeconfig or context",
  forbidden: "Let that user do it by a Role or ClusterRole, or choose another kubeconfig or context",
  alreadyExists: "Choose another name, or import it",
  unavailable: "Try again a little later",
};

/**
 * The API server's sentence without the parts that our own sentence already says, and without the whole object, which it
 * quotes before "strict decoding error" of a patch.
 */
function essenceOf(message: string): string {
  const essence = message
    .replace(/^.*?\bis forbidden: /s, "")
    .replace(/^.*\bstrict decoding error: /s, "")
    .replace(/^\S+ in version .*? cannot be handled as a \S+: /, "")
    .replace(/^\S+ ".*?" is invalid: /, "")
    .replace(/^Operation cannot be fulfilled on \S+ ".*?": /, "")
    .trim();
  return essence.length > LONGEST ? `${essence.slice(0, LONGEST)}…` : essence;
}

const LONGEST = 1_000;

function retryDelay(header: string | undefined, answer: ApiStatus | undefined): number | undefined {
  const seconds = Number(header ?? answer?.details?.retryAfterSeconds ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
