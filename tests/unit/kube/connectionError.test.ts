import assert from "node:assert/strict";
import { connectionError, neverArrived } from "../../../provider/kube/connection/connectionError.ts";

const attempt = { action: "list", subject: "RayJob/ml", server: "https://k8s.example.com", path: "/apis" };

const network = "Check the network, and which server the kubeconfig names";
const certificate = "Check the server and the certificate authority that the kubeconfig names";

const failures = [
  { cause: coded("ECONNREFUSED"), says: "connection refused, ECONNREFUSED", transient: true, arrived: false },
  { cause: coded("ENOTFOUND"), says: "DNS knows no such host, ENOTFOUND", transient: true, arrived: false },
  { cause: coded("UND_ERR_CONNECT_TIMEOUT"), says: "timed out after 10 s", transient: true, arrived: false },
  {
    cause: coded("ECONNRESET"),
    says: "the connection was closed before the answer was complete, ECONNRESET",
    transient: true,
    arrived: true,
  },
  {
    cause: coded("UND_ERR_SOCKET"),
    says: "the connection was closed before the answer was complete",
    transient: true,
    arrived: true,
  },
  {
    cause: new DOMException("The operation was aborted due to timeout", "TimeoutError"),
    says: "no answer within 30 s",
    transient: true,
    arrived: true,
  },
  {
    cause: coded("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"),
    says: "its certificate was not accepted: self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)",
    transient: false,
    arrived: false,
  },
  {
    cause: coded("ERR_TLS_CERT_ALTNAME_INVALID", "Hostname/IP does not match certificate's altnames"),
    says: "its certificate was not accepted: Hostname/IP does not match certificate's altnames (ERR_TLS_CERT_ALTNAME_INVALID)",
    transient: false,
    arrived: false,
  },
];

describe("connectionError", () => {
  for (const { cause, says, transient, arrived } of failures) {
    it(`says "${says}", which ${transient ? "may pass" : "will not pass"}`, () => {
      const error = connectionError(attempt, cause);
      assert.equal(
        error.message,
        `Cannot list RayJob/ml: cannot reach https://k8s.example.com (${says}). ${transient ? network : certificate}`,
      );
      assert.deepEqual([error.kind, error.isTransient, neverArrived(error)], ["unreachable", transient, !arrived]);
    });
  }

  it("looks into the errors of a host that has several addresses", () => {
    const error = connectionError(attempt, new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")]));
    assert.match(error.message, /connection refused, ECONNREFUSED/);
  });

  it("looks into wrapped errors", () => {
    const error = connectionError(attempt, new TypeError("fetch failed", { cause: coded("ECONNREFUSED") }));
    assert.match(error.message, /connection refused, ECONNREFUSED/);
  });
});

function coded(code: string, message: string = code): Error {
  return Object.assign(new Error(message), { code });
}
