import { connectionError } from "../kube/connection/connectionError.ts";
import { credentialsError } from "../kube/connection/credentialsError.ts";
import { statusError } from "../kube/connection/statusError.ts";
import type { SdkError } from "../storage/failedRequest.ts";
import type { StorageErrorKind } from "../storage/storageError.ts";
import { storageErrorOf } from "../storage/storageErrorOf.ts";

/** What may go wrong later than a preview, and has no code, with the message of an example. */
export interface FailureExample {
  /** As the end of a sentence. */
  readonly when: string;
  readonly message: string;
}

/** What an API server answers, or does not. The messages are made by what makes them in a deployment. */
export function clusterFailures(): readonly FailureExample[] {
  return [
    of("the API server cannot be reached", connectionError(submitting, coded("ECONNREFUSED", "connect ECONNREFUSED"))),
    of(
      "the API server's certificate is not accepted",
      connectionError(submitting, coded("CERT_HAS_EXPIRED", "certificate has expired")),
    ),
    of("the kubeconfig's user has no credentials", credentialsError(submitting, new Error("there is no token"), null)),
    of(
      "the program that gives credentials is missing",
      credentialsError(submitting, coded("ENOENT", "spawn aws ENOENT"), aws),
    ),
    of("the program that gives credentials fails", credentialsError(submitting, new Error("it has expired"), aws)),
    of("the credentials are not accepted", answered(401, "Unauthorized", "Unauthorized")),
    of("a permission is lacking", answered(403, "Forbidden", `rayjobs.ray.io is forbidden: ${mayNot}`)),
    of("the namespace does not exist", answered(404, "NotFound", "", { name: "ml", kind: "namespaces" })),
    of("the cluster has no KubeRay", statusError(submitting, 404, "404 page not found")),
    of("the name is taken", answered(409, "AlreadyExists", "")),
    of("the API server refuses the object", answered(422, "Invalid", `RayJob "train" is invalid: ${invalid}`)),
    of("the API server is overloaded", answered(503, "ServiceUnavailable", "etcdserver: request timed out")),
  ];
}

/** What an object store answers, or does not. */
export function storageFailures(): readonly FailureExample[] {
  return Object.values(ofStore).map(([when, error, endpoint]) => {
    return of(when, storageErrorOf(error, uploading, { endpoint }, {}));
  });
}

const ownServer = "https://s3.example.com";

// Whether an object is there is what a deployment asks for; what is of no kind is told in the words of the store.
const ofStore: Readonly<
  Record<Exclude<StorageErrorKind, "exists" | "missingObject" | "other">, readonly [string, SdkError, string?]>
> = {
  unreachable: ["the store cannot be reached", { code: "ENOTFOUND" }],
  untrusted: ["the store's certificate is by an unknown authority", selfSigned(), ownServer],
  credentials: ["there are no credentials", { name: "CredentialsProviderError" }],
  expired: ["the credentials have expired", refused("ExpiredToken", 400)],
  denied: ["a permission is lacking", refused("AccessDenied", 403)],
  missingBucket: ["the bucket does not exist", refused("NoSuchBucket", 404)],
  region: ["the bucket is in another region", elsewhere()],
  clock: ["the clocks differ", refused("RequestTimeTooSkewed", 403)],
  busy: ["the store is overloaded", refused("SlowDown", 503)],
  damaged: ["what arrives is not what was sent", refused("BadDigest", 400)],
  conflict: ["two deployments write one object", refused("ConditionalRequestConflict", 409)],
  unsupported: ["the server is no whole S3", refused("NotImplemented", 501), ownServer],
};

const server = "https://k8s.example.com";
const submitting = {
  action: "create",
  subject: "RayJob/ml/train",
  server,
  path: "/apis/ray.io/v1/namespaces/ml/rayjobs",
};
const uploading = {
  action: "upload",
  place: { bucket: "ml-code", key: "3f6c…9d.zip" },
  permission: "s3:PutObject",
};
const mayNot = 'User "ci" cannot create resource "rayjobs" in API group "ray.io" in the namespace "ml"';
const invalid = "spec.backoffLimit: Invalid value: -1: should be greater than or equal to 0";
const aws = { name: "ci", exec: { command: "aws" } };

function of(when: string, { message }: Error): FailureExample {
  return { when, message };
}

function answered(code: number, reason: string, message: string, details = {}): Error {
  return statusError(submitting, code, JSON.stringify({ kind: "Status", code, reason, message, details }));
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function refused(name: string, httpStatusCode: number): SdkError {
  return { name, $metadata: { httpStatusCode } };
}

function selfSigned(): SdkError {
  return { code: "SELF_SIGNED_CERT_IN_CHAIN", message: "self-signed certificate in certificate chain" };
}

function elsewhere(): SdkError {
  return { ...refused("PermanentRedirect", 301), $response: { headers: { "x-amz-bucket-region": "eu-west-1" } } };
}
