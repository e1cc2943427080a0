import assert from "node:assert/strict";
import { statusError } from "../../../provider/kube/connection/statusError.ts";

const attempt = {
  action: "read",
  subject: "RayJob/ml/train",
  server: "https://k8s.example.com",
  path: "/apis/ray.io/v1/namespaces/ml/rayjobs/train",
};

/** Answers recorded from a Kubernetes 1.34 API server with KubeRay's CRDs 1.6.2, but for those of proxies. */
const answers = [
  {
    because: "the permission that is missing is what the user has to ask for",
    status: 403,
    body: status(
      403,
      "Forbidden",
      'rayjobs.ray.io "train" is forbidden: User "x" cannot get resource "rayjobs" in API group "ray.io" in the namespace "ml"',
    ),
    kind: "forbidden",
    message:
      'Cannot read RayJob/ml/train: forbidden (User "x" cannot get resource "rayjobs" in API group "ray.io" in the namespace "ml"). Let that user do it by a Role or ClusterRole, or choose another kubeconfig or context',
  },
  {
    because: "a token that has ended is not a missing permission",
    status: 401,
    body: status(401, "Unauthorized", "Unauthorized"),
    kind: "unauthorized",
    message:
      "Cannot read RayJob/ml/train: the credentials for https://k8s.example.com were not accepted (401). Sign in again, or choose another kubeconfig or context",
  },
  {
    because: "only this 404 means that the RayJob is not there",
    status: 404,
    body: status(404, "NotFound", 'rayjobs.ray.io "train" not found', {
      name: "train",
      group: "ray.io",
      kind: "rayjobs",
    }),
    kind: "notFound",
    missing: "object",
    message: "Cannot read RayJob/ml/train: there is no such object",
  },
  {
    because: "creating in a namespace that is not there gives a 404 that names the namespace",
    status: 404,
    body: status(404, "NotFound", 'namespaces "ml" not found', { name: "ml", kind: "namespaces" }),
    kind: "notFound",
    missing: "namespace",
    message: 'Cannot read RayJob/ml/train: there is no namespace "ml". Create it, or choose another `namespace`',
  },
  {
    because: "without the CRD the API server answers in plain text",
    status: 404,
    body: "404 page not found\n",
    kind: "notFound",
    missing: "resourceType",
    message:
      "Cannot read RayJob/ml/train: KubeRay's CRDs are not installed on the cluster https://k8s.example.com. Install KubeRay, or choose another kubeconfig or context",
  },
  {
    because: "a group that is known without the resource is answered by a Status without details",
    status: 404,
    body: status(404, "NotFound", "the server could not find the requested resource", {}),
    kind: "notFound",
    missing: "resourceType",
    message:
      "Cannot read RayJob/ml/train: KubeRay's CRDs are not installed on the cluster https://k8s.example.com. Install KubeRay, or choose another kubeconfig or context",
  },
  {
    because: "both conflicts are 409, but only one means that the name is taken",
    status: 409,
    body: status(409, "AlreadyExists", 'rayjobs.ray.io "train" already exists', { name: "train", kind: "rayjobs" }),
    kind: "alreadyExists",
    message: "Cannot read RayJob/ml/train: it exists already. Choose another name, or import it",
  },
  {
    because: "an update that came too late is no fault of the user",
    status: 409,
    body: status(
      409,
      "Conflict",
      'Operation cannot be fulfilled on RayJob.ray.io "train": the object has been modified',
    ),
    kind: "conflict",
    message: "Cannot read RayJob/ml/train: the object has been modified (409)",
  },
  {
    because: "strict validation names the field that the CRD does not know",
    status: 400,
    body: status(
      400,
      "BadRequest",
      'RayJob in version "v1" cannot be handled as a RayJob: strict decoding error: unknown field "spec.foo"',
    ),
    kind: "invalid",
    message: 'Cannot read RayJob/ml/train: unknown field "spec.foo"',
  },
  {
    because: "of a patch the API server quotes the whole object first, in which there may be secrets",
    status: 422,
    body: status(
      422,
      "Invalid",
      ' "" is invalid: patch: Invalid value: "{\\"spec\\":{\\"key\\":\\"hush\\"}}": strict decoding error: unknown field "spec.foo"',
    ),
    kind: "invalid",
    message: 'Cannot read RayJob/ml/train: unknown field "spec.foo"',
  },
  {
    because: "a value that the CRD's schema refuses comes with its path",
    status: 422,
    body: status(
      422,
      "Invalid",
      'RayJob.ray.io "train" is invalid: spec.backoffLimit: Invalid value: -1: must be at least 0',
    ),
    kind: "invalid",
    message: "Cannot read RayJob/ml/train: spec.backoffLimit: Invalid value: -1: must be at least 0",
  },
  {
    because: "the server has forgotten the version that a watch wants to continue from",
    status: 410,
    body: status(410, "Expired", "too old resource version: 1 (352)"),
    kind: "gone",
    message: "Cannot read RayJob/ml/train: too old resource version: 1 (352) (410)",
  },
  {
    because: "a proxy before the API server answers HTML, of which nothing is worth repeating",
    status: 502,
    body: "<html><body>Bad Gateway</body></html>",
    kind: "unavailable",
    message: "Cannot read RayJob/ml/train: https://k8s.example.com answered 502. Try again a little later",
  },
  {
    because: "too many requests is a matter of waiting",
    status: 429,
    body: status(429, "TooManyRequests", "Too many requests, please try again later."),
    kind: "unavailable",
    message: "Cannot read RayJob/ml/train: Too many requests, please try again later. (429). Try again a little later",
  },
  {
    because: "a redirect, as of a login page, is not an API server",
    status: 302,
    body: "",
    kind: "other",
    message: "Cannot read RayJob/ml/train: https://k8s.example.com answered 302",
  },
];

describe("statusError", () => {
  for (const { because, status, body, kind, message, missing } of answers) {
    it(`calls ${status} ${kind}${missing ? ` (${missing})` : ""}: ${because}`, () => {
      const error = statusError(attempt, status, body);
      assert.equal(error.message, message);
      assert.deepEqual([error.kind, error.status, error.missing], [kind, status, missing]);
    });
  }

  it("lists the fields that the CRD does not know, where nothing else is wrong", () => {
    const cannot = 'RayJob in version "v1" cannot be handled as a RayJob: strict decoding error: ';
    const unknown = 'unknown field "spec.a", unknown field "spec.b[0].c"';
    const error = (message: string) => statusError(attempt, 400, status(400, "BadRequest", message));
    assert.deepEqual(error(cannot + unknown).unknownFields, ["spec.a", "spec.b[0].c"]);
    assert.equal(error(`${cannot}${unknown}, duplicate field "spec.d"`).unknownFields, undefined);
    assert.equal(error("RayJob is invalid: spec.a: Required value").unknownFields, undefined);
  });

  it("takes the time to wait from the Retry-After header, else from the Status", () => {
    const busy = JSON.stringify({ kind: "Status", code: 429, details: { retryAfterSeconds: 7 } });
    assert.equal(statusError(attempt, 429, busy, "3").retryAfterMs, 3_000);
    assert.equal(statusError(attempt, 429, busy).retryAfterMs, 7_000);
    assert.equal(statusError(attempt, 429, busy, "Wed, 21 Oct 2026 07:28:00 GMT").retryAfterMs, undefined);
  });
});

function status(code: number, reason: string, message: string, details?: object): string {
  return JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", message, reason, code, details });
}
