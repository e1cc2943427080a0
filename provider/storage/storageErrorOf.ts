import { explanations } from "./explanations.ts";
import type { Attempt, SdkError } from "./failedRequest.ts";
import { uriOf } from "./place.ts";
import { endpointOf, type StorageConfiguration } from "./storageConfiguration.ts";
import { StorageError, type StorageErrorKind } from "./storageError.ts";

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
