import { endpointOf, type StorageConfiguration } from "./connect.ts";
import { explanations } from "./explanations.ts";
import { type Place, uriOf } from "./place.ts";

export type StorageErrorKind =
  | "missingObject"
  | "missingBucket"
  | "denied"
  | "credentials"
  | "expired"
  | "region"
  | "unreachable"
  | "busy"
  /** The request was conditional, and the object is there. */
  | "exists"
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
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** The error for a request that the SDK could not get done. */
export function storageErrorOf(thrown: unknown, attempt: Attempt, configuration: StorageConfiguration): StorageError {
  const error: SdkError = Object(thrown);
  const kind = kindOf(error);
  const sentence = explanations[kind]({ error, attempt, configuration, server: endpointOf(configuration) ?? "AWS" });
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
  if (/^Region is missing/.test(message)) return "region";
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
  ExpiredToken: "expired",
  ExpiredTokenException: "expired",
  TokenRefreshRequired: "expired",
  RequestExpired: "expired",
  PermanentRedirect: "region",
  TemporaryRedirect: "region",
  AuthorizationHeaderMalformed: "region",
  IllegalLocationConstraintException: "region",
  SlowDown: "busy",
  ServiceUnavailable: "busy",
  InternalError: "busy",
  PreconditionFailed: "exists",
  ConditionalRequestConflict: "conflict",
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
  return name === "TimeoutError" || /^E[A-Z_]+$|CERT|SIGNATURE|^ERR_(TLS|SSL|OSSL)/.test(code);
}
