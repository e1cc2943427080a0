import { explanations } from "./explanations.ts";
import { type Place, uriOf } from "./place.ts";
import { endpointOf, type StorageConfiguration } from "./storageConfiguration.ts";

export type StorageErrorKind =
  | "missingObject"
  | "missingBucket"
  | "denied"
  | "credentials"
  | "expired"
  | "region"
  /** Its certificate is by an authority that is not known. */
  | "untrusted"
  /** This machine's clock is wrong. */
  | "clock"
  | "unreachable"
  | "busy"
  /** The request was conditional, and the object is there. */
  | "exists"
  /** What has arrived is not what was sent. */
  | "damaged"
  /** Somebody else was writing the same object. */
  | "conflict"
  /** The server does not know what it was asked for. */
  | "unsupported"
  | "other";

/** What was tried, in the words of its error. */
export interface Attempt {
  /** A verb that goes with the object's URI: `upload`. */
  readonly action: string;
  readonly place: Place;
  /** The permissions that it takes. */
  readonly permission: string;
}

/** Why something with an object could not be done. The message names the object and never holds a credential. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly kind: StorageErrorKind;

  constructor(kind: StorageErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

export function isStorageError(error: unknown, ...kinds: StorageErrorKind[]): error is StorageError {
  return error instanceof StorageError && (kinds.length === 0 || kinds.includes(error.kind));
}

/** What the SDK's errors have in common. */
export interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  /** Of a proxy. */
  readonly statusCode?: number;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** The error for a request that the SDK could not get done. */
export function storageErrorOf(
  thrown: unknown,
  attempt: Attempt,
  configuration: StorageConfiguration,
  environment = process.env,
): StorageError {
  const error: SdkError = Object(thrown);
  const kind = kindOf(error);
  const server = endpointOf(configuration, environment) ?? "AWS";
  const sentence = explanations[kind]({ error, attempt, configuration, server, environment });
  return new StorageError(kind, `Cannot ${attempt.action} ${uriOf(attempt.place)}: ${sentence}`);
}

function kindOf(error: SdkError): StorageErrorKind {
  const { name = "", code = "", message = "", $metadata } = error;
  const status = $metadata?.httpStatusCode;
  const told = kindOfName[name] ?? kindOfName[code];
  if (told !== undefined) return told;
  if (name === "CredentialsProviderError" || name === "TokenProviderError") {
    return /expired|refresh/i.test(message) ? "expired" : "credentials";
  }
  if (/^Region (is missing|not accepted)/.test(message)) return "region";
  if (/^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_UNTRUSTED|INVALID_CA)/.test(code)) return "untrusted";
  if (status === undefined) return isOfNetwork(error) ? "unreachable" : "other";
  return kindOfStatus[status] ?? (status >= 500 ? "busy" : "other");
}

const kindOfName: Readonly<Record<string, StorageErrorKind>> = {
  NoSuchKey: "missingObject",
  NotFound: "missingObject",
  NoSuchBucket: "missingBucket",
  AccessDenied: "denied",
  AllAccessDisabled: "denied",
  InvalidAccessKeyId: "credentials",
  SignatureDoesNotMatch: "credentials",
  InvalidToken: "credentials",
  InvalidClientTokenId: "credentials",
  UnrecognizedClientException: "credentials",
  InvalidIdentityToken: "credentials",
  ExpiredToken: "expired",
  ExpiredTokenException: "expired",
  TokenRefreshRequired: "expired",
  RequestExpired: "expired",
  PermanentRedirect: "region",
  TemporaryRedirect: "region",
  AuthorizationHeaderMalformed: "region",
  IllegalLocationConstraintException: "region",
  RequestTimeTooSkewed: "clock",
  SlowDown: "busy",
  ServiceUnavailable: "busy",
  InternalError: "busy",
  PreconditionFailed: "exists",
  ConditionalRequestConflict: "conflict",
  BadDigest: "damaged",
  InvalidChecksum: "damaged",
  XAmzContentChecksumMismatch: "damaged",
  XAmzContentSHA256Mismatch: "damaged",
  NotImplemented: "unsupported",
};

const kindOfStatus: Readonly<Record<number, StorageErrorKind>> = {
  301: "region",
  307: "region",
  401: "credentials",
  403: "denied",
  404: "missingObject",
  409: "conflict",
  412: "exists",
  429: "busy",
  501: "unsupported",
};

function isOfNetwork({ name = "", code = "" }: SdkError): boolean {
  return name === "TimeoutError" || /^E[A-Z_]+$|CERT|SIGNATURE|^HPE_|^ERR_(TLS|SSL|OSSL|PROXY)/.test(code);
}
