import { missingCode } from "../resources/rayJob/requireCode.ts";
import { mayBeDeleted, notImportable, staysInBucket } from "../resources/workingDir/messages.ts";
import * as bundleErrors from "../storage/bundleErrors.ts";
import type { SdkError } from "../storage/failedRequest.ts";
import type { StorageConfiguration } from "../storage/storageConfiguration.ts";
import type { StorageErrorKind } from "../storage/storageError.ts";
import { storageErrorOf } from "../storage/storageErrorOf.ts";
import { type FailureExample, failure } from "./failureExample.ts";

/** What an object store answers, or does not. The messages are made by what makes them in a deployment. */
export function storageFailures(): readonly FailureExample[] {
  const answers = Object.values(ofStore).flat();
  return [
    ...answers.map(([when, error, configuration = {}, environment = {}]) => {
      return failure(when, storageErrorOf(error, uploading, configuration, environment).message);
    }),
    ...Object.values(ofBundle).map(([when, { message }]) => failure(when, message)),
    failure("the code of a job is not in its bucket", missingCode(stored)),
    failure("a `WorkingDir` is imported", notImportable("s3://ml-code/3f6c…9d.zip").message),
  ];
}

/** What a deployment warns of. */
export function storageWarnings(): readonly FailureExample[] {
  const error = storageErrorOf(refused("AccessDenied", 403), tagging, {}, {});
  return [
    failure("a package is there, and cannot be marked as used", mayBeDeleted(error)),
    failure("a package that nobody uses any more cannot be marked so", staysInBucket(error)),
  ];
}

type Answer = readonly [
  when: string,
  error: SdkError,
  configuration?: StorageConfiguration,
  environment?: NodeJS.ProcessEnv,
];

const ownServer = { endpoint: "https://s3.example.com" };

// Whether an object is there is what a deployment asks for; what is of no kind is told in the words of the store.
const ofStore: Readonly<Record<Exclude<StorageErrorKind, "exists" | "missingObject" | "other">, readonly Answer[]>> = {
  unreachable: [
    ["AWS cannot be reached", { code: "ENOTFOUND" }],
    ["a store of one's own cannot be reached", { code: "ECONNREFUSED" }, ownServer],
    [
      "a proxy does not lead to the store",
      { code: "ERR_PROXY_TUNNEL", statusCode: 407 },
      {},
      { HTTPS_PROXY: "http://proxy" },
    ],
  ],
  untrusted: [["the store's certificate is by an unknown authority", selfSigned(), ownServer]],
  credentials: [
    ["there are no credentials", { name: "CredentialsProviderError" }],
    ["the profile has no credentials", { name: "CredentialsProviderError" }, { profile: "ml" }],
    ["the credentials are not accepted", refused("InvalidAccessKeyId", 403)],
  ],
  expired: [["the credentials have expired", refused("ExpiredToken", 400)]],
  denied: [
    ["a permission is lacking", refused("AccessDenied", 403)],
    [
      "a permission is lacking, or the bucket wants TLS",
      refused("AccessDenied", 403),
      { endpoint: "http://s3.example.com" },
    ],
  ],
  missingBucket: [["the bucket does not exist", refused("NoSuchBucket", 404)]],
  region: [
    ["the bucket is in another region", elsewhere()],
    [
      "the bucket is in another region, and nobody says in which",
      refused("PermanentRedirect", 301),
      { region: "us-east-1" },
    ],
    [
      "there is no such region",
      { message: 'Region not accepted: region="eu_west_1" is not a valid hostname component.' },
    ],
    ["no region is configured", { message: "Region is missing" }],
  ],
  clock: [["the clocks differ", refused("RequestTimeTooSkewed", 403)]],
  busy: [["the store is overloaded", refused("SlowDown", 503)]],
  damaged: [["what arrives is not what was sent", refused("BadDigest", 400)]],
  conflict: [["two deployments write one object", refused("ConditionalRequestConflict", 409)]],
  unsupported: [["the server is no whole S3", refused("NotImplemented", 501), ownServer]],
};

const bundle = "the provider's `customCaBundle`";
const bundlePath = "/etc/ml/ca.pem";

const ofBundle: { readonly [Name in keyof typeof bundleErrors]: readonly [when: string, error: Error] } = {
  noBundle: ["the file of certificates does not exist", bundleErrors.noBundle(bundle, bundlePath)],
  unreadableBundle: [
    "the file of certificates cannot be read",
    bundleErrors.unreadableBundle(bundle, `EACCES: permission denied, open '${bundlePath}'`),
  ],
  noCertificate: ["there are no certificates in the file", bundleErrors.noCertificate(bundle, bundlePath)],
  damagedCertificate: [
    "a certificate in the file is damaged",
    bundleErrors.damagedCertificate(bundle, 2, 3, bundlePath),
  ],
};

const place = { bucket: "ml-code", key: "3f6c…9d.zip" };
const uploading = { action: "upload", place, permission: "s3:PutObject" };
const tagging = { action: "tag", place, permission: "s3:GetObjectTagging, s3:PutObjectTagging" };
const stored = { ...place, uri: "s3://ml-code/train.zip", property: "runtimeEnv.workingDir" };

function refused(name: string, httpStatusCode: number): SdkError {
  return { name, $metadata: { httpStatusCode } };
}

function selfSigned(): SdkError {
  return { code: "SELF_SIGNED_CERT_IN_CHAIN", message: "self-signed certificate in certificate chain" };
}

function elsewhere(): SdkError {
  return { ...refused("PermanentRedirect", 301), $response: { headers: { "x-amz-bucket-region": "eu-west-1" } } };
}
