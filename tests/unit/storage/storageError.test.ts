import assert from "node:assert/strict";
import { type SdkError, type StorageErrorKind, storageErrorOf } from "../../../provider/storage/storageError.ts";

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
    kind: "unreachable",
    says:
      "cannot reach AWS (self-signed certificate, DEPTH_ZERO_SELF_SIGNED_CERT). Check the network, and the provider's " +
      "`region` and `endpoint`",
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
      const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 } = process.env;
      delete process.env.AWS_ENDPOINT_URL;
      delete process.env.AWS_ENDPOINT_URL_S3;
      const { message, kind: found } = storageErrorOf(error, attempt, {});
      Object.assign(process.env, { ...(AWS_ENDPOINT_URL && { AWS_ENDPOINT_URL }) });
      Object.assign(process.env, { ...(AWS_ENDPOINT_URL_S3 && { AWS_ENDPOINT_URL_S3 }) });
      assert.deepEqual([message, found], [`Cannot upload s3://code/abc.zip: ${says}`, kind]);
    });
  }
});
