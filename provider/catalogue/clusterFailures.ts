import { connectionError } from "../kube/connection/connectionError.ts";
import { credentialsError } from "../kube/connection/credentialsError.ts";
import { statusError } from "../kube/connection/statusError.ts";
import { type FailureExample, failure } from "./failureExample.ts";

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
    of(
      "the program that gives credentials hangs",
      credentialsError(submitting, new DOMException("", "TimeoutError"), aws),
    ),
    of("the credentials are not accepted", answered(401, "Unauthorized", "Unauthorized")),
    of("a permission is lacking", answered(403, "Forbidden", `rayjobs.ray.io is forbidden: ${mayNot}`)),
    of("the namespace does not exist", answered(404, "NotFound", "", { name: "ml", kind: "namespaces" })),
    of("the cluster has no KubeRay", statusError(submitting, 404, "404 page not found")),
    of("the name is taken", answered(409, "AlreadyExists", "")),
    of("the API server refuses the object", answered(422, "Invalid", `RayJob "train" is invalid: ${invalid}`)),
    of("the API server is overloaded", answered(503, "ServiceUnavailable", "etcdserver: request timed out")),
  ];
}

const server = "https://k8s.example.com";
const submitting = {
  action: "create",
  subject: "RayJob/ml/train",
  server,
  path: "/apis/ray.io/v1/namespaces/ml/rayjobs",
};
const mayNot = 'User "ci" cannot create resource "rayjobs" in API group "ray.io" in the namespace "ml"';
const invalid = "spec.backoffLimit: Invalid value: -1: should be greater than or equal to 0";
const aws = { name: "ci", exec: { command: "aws" } };

function of(when: string, { message }: Error): FailureExample {
  return failure(when, message);
}

function answered(code: number, reason: string, message: string, details = {}): Error {
  return statusError(submitting, code, JSON.stringify({ kind: "Status", code, reason, message, details }));
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
