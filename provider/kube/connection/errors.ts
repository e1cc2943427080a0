export type ClusterErrorKind =
  | "configuration"
  | "unreachable"
  | "unauthorized"
  | "forbidden"
  | "notFound"
  | "conflict"
  | "alreadyExists"
  | "invalid"
  | "gone"
  | "unavailable"
  | "other";

/** What a 404 says is not there. Without its namespace an object cannot be created; without its type it cannot even be asked for. */
export type Missing = "object" | "namespace" | "resourceType";

export interface ClusterErrorDetails {
  /** What to do about it, as a sentence without its full stop. */
  readonly hint?: string | undefined;
  /** The HTTP status, if the server answered. */
  readonly status?: number | undefined;
  /** How long the server asked to be left alone. */
  readonly retryAfterMs?: number | undefined;
  /** Set on `notFound`. */
  readonly missing?: Missing | undefined;
  /** Set on `invalid` when nothing is wrong but that the CRD does not know these fields: `spec.suspended`. */
  readonly unknownFields?: readonly string[] | undefined;
  readonly cause?: unknown;
}

/**
 * Why something on a cluster could not be done. The message names the object, and ends with what to do; it never holds a
 * credential.
 */
export class ClusterError extends Error {
  override readonly name = "ClusterError";
  /** The message without what to do. */
  readonly problem: string;
  readonly kind: ClusterErrorKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly missing: Missing | undefined;
  readonly unknownFields: readonly string[] | undefined;

  constructor(kind: ClusterErrorKind, problem: string, details: ClusterErrorDetails = {}) {
    const message = details.hint === undefined ? problem : `${problem}. ${details.hint}`;
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.problem = problem;
    this.kind = kind;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.missing = details.missing;
    this.unknownFields = details.unknownFields;
  }

  /** True when the same request may well succeed a little later. */
  get isTransient(): boolean {
    if (this.kind === "unavailable") return true;
    return this.kind === "unreachable" && !isCertificateProblem(this.cause);
  }

  /** True when the credentials could not be had or were not accepted, or do not suffice. */
  get isRefusal(): boolean {
    return this.kind === "unauthorized" || this.kind === "forbidden";
  }
}

export function isClusterError(error: unknown, kind?: ClusterErrorKind): error is ClusterError {
  return error instanceof ClusterError && (kind === undefined || error.kind === kind);
}

/** True for failures of a TLS handshake that no retry can mend: who signed the certificate, whom it is for, when it ended. */
export function isCertificateProblem(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === "string" && /CERT|SIGNATURE|^ERR_(TLS|SSL|OSSL)/.test(code);
}
