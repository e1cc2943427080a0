import assert from "node:assert/strict";
import type { SdkError } from "../../../provider/storage/failedRequest.ts";
import type { StorageErrorKind } from "../../../provider/storage/storageError.ts";
import { storageErrorOf } from "../../../provider/storage/storageErrorOf.ts";

const attempt = {
  action: "upload",
  place: { bucket: "code", key: "abc.zip" },
  permission: "s3:PutObject",
};

const cases: { readonly error: SdkError; readonly kind: StorageErrorKind; readonly says: string }[] = [
  {
    error: { name: "Error", code: "ENOTFOUND", message: "getaddrinfo ENOTFOUND s3.example.com" },
    kind: "unreachable",
    says: "cannot reach AWS (DNS knows no such host, ENOTFOUND). Check the network, and the provider's `region` and `endpoint`",
  },
  {
    error: { name: "TimeoutError", message: "socket timed out" },
    kind: "unreachable",
    says: "cannot reach AWS (timed out). Check the network, and the provider's `region` and `endpoint`",
  },
  {
    error: { name: "Error", code: "DEPTH_ZERO_SELF_SIGNED_CERT", message: "self-signed certificate" },
    kind: "untrusted",
    says:
      "AWS has a certificate by an authority that is not known (self-signed certificate, DEPTH_ZERO_SELF_SIGNED_CERT). Set " +
      "the provider's `customCaBundle`, or the environment variable AWS_CA_BUNDLE, to the authority's certificate",
  },
  {
    error: { name: "Error", code: "CERT_HAS_EXPIRED", message: "certificate has expired" },
    kind: "unreachable",
    says:
      "cannot reach AWS (certificate has expired, CERT_HAS_EXPIRED). Check the network, and the provider's `region` and " +
      "`endpoint`",
  },
  {
    error: { name: "Error", code: "EPROTO", message: "write EPROTO 80:error:wrong version number" },
    kind: "unreachable",
    says: "cannot reach AWS (it does not speak TLS, EPROTO). Check the network, and the provider's `region` and `endpoint`",
  },
  {
    error: { name: "Error", code: "HPE_INVALID_CONSTANT", message: "Parse Error: Expected HTTP/" },
    kind: "unreachable",
    says:
      "cannot reach AWS (it does not speak HTTP, HPE_INVALID_CONSTANT; TLS takes https://). Check the network, and the " +
      "provider's `region` and `endpoint`",
  },
  {
    error: {
      name: "Error",
      code: "ERR_PROXY_TUNNEL",
      statusCode: 407,
      message: "Failed to establish tunnel to s3.example.com:443 via http://me:hush@proxy.example.com",
    },
    kind: "unreachable",
    says:
      "cannot reach AWS (the proxy answered 407, ERR_PROXY_TUNNEL). Check the network, and the provider's `region` and " +
      "`endpoint`",
  },
  {
    error: { name: "InvalidClientTokenId", $metadata: { httpStatusCode: 403 } },
    kind: "credentials",
    says: "AWS does not accept the credentials (InvalidClientTokenId, 403). Correct the keys or the profile",
  },
  {
    error: { name: "Error", message: "the file is gone" },
    kind: "other",
    says: "the file is gone",
  },
  {
    error: { name: "RequestTimeTooSkewed", $metadata: { httpStatusCode: 403 } },
    kind: "clock",
    says: "the clock of this machine and that of AWS are too far apart (RequestTimeTooSkewed, 403). Set it right",
  },
  {
    error: { name: "SlowDown", $metadata: { httpStatusCode: 503, attempts: 8 } },
    kind: "busy",
    says: "AWS is overloaded or failing (SlowDown, 503). Try again a little later",
  },
  {
    error: { name: "UnknownError", $metadata: { httpStatusCode: 502 } },
    kind: "busy",
    says: "AWS is overloaded or failing (502). Try again a little later",
  },
  {
    error: { name: "CredentialsProviderError", message: "The SSO session associated with this profile has expired." },
    kind: "expired",
    says: "the AWS credentials have expired (CredentialsProviderError). Sign in again, or get new keys",
  },
  {
    error: { name: "NoSuchKey", $metadata: { httpStatusCode: 404 } },
    kind: "missingObject",
    says: "there is no such object",
  },
  {
    error: { name: "ConditionalRequestConflict", $metadata: { httpStatusCode: 409 } },
    kind: "conflict",
    says: "somebody else is writing it. Try again",
  },
  {
    error: { name: "EntityTooLarge", message: "Too large.\nMore.", $metadata: { httpStatusCode: 400 } },
    kind: "other",
    says: "AWS answered EntityTooLarge, 400: Too large.",
  },
];

describe("storageErrorOf", () => {
  for (const { error, kind, says } of cases) {
    it(`says of ${error.code ?? error.name}: ${says}`, () => {
      const { message, kind: found } = storageErrorOf(error, attempt, {}, {});
      assert.deepEqual([message, found], [`Cannot upload s3://code/abc.zip: ${says}`, kind]);
    });
  }
});
