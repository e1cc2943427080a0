import assert from "node:assert/strict";
import type { RayJob } from "../../../provider/job/rayJob.ts";
import { type Connection, connect } from "../../../provider/kube/connection/connect.ts";
import { pendingCause } from "../../../provider/kube/pods/pendingCause.ts";
import { ApiServer, refusal } from "../../support/apiServer.ts";

const labels = { "kueue.x-k8s.io/queue-name": "gpus" };
const missing = "insufficient unused quota for nvidia.com/gpu in flavor a100, 2 more needed";

describe("the cause of a job that Kueue holds back", () => {
  let server: ApiServer;
  let connection: Connection;

  beforeEach(async () => {
    server = await ApiServer.start();
    connection = await connect({ kubeconfig: server.kubeconfig });
  });

  afterEach(async () => {
    await server.stop();
  });

  it("is the queue, and what its workload lacks", async () => {
    const condition = { type: "QuotaReserved", status: "False", message: `couldn't assign flavors: ${missing}` };
    answerWorkloads("v1beta2", [
      { metadata: { ownerReferences: [{ uid: "another" }] } },
      { metadata: { ownerReferences: [{ uid: "train" }] }, status: { conditions: [condition] } },
    ]);
    assert.equal(await causeOf({}), `Kueue's queue gpus (couldn't assign flavors: ${missing})`);
  });

  it("is found with an older Kueue", async () => {
    server.next(/v1beta2.*workloads/, () => ({ status: 404, body: "404 page not found\n" }));
    const condition = { type: "Admitted", status: "False", message: "waiting for admission checks" };
    answerWorkloads("v1beta1", [
      { metadata: { ownerReferences: [{ uid: "train" }] }, status: { conditions: [condition] } },
    ]);
    assert.equal(await causeOf({}), "Kueue's queue gpus (waiting for admission checks)");
  });

  it("is the queue alone for those who may not look into it, which is no error", async () => {
    server.next(/workloads/, () => refusal(403, "Forbidden", "workloads.kueue.x-k8s.io is forbidden"));
    assert.equal(await causeOf({}), "Kueue's queue gpus");
  });

  it("is none once Kueue lets it run, or without a queue", async () => {
    assert.equal(await causeOf({ spec: { suspend: false } }), undefined);
    assert.equal(await causeOf({ labels: {} }), undefined);
    assert.equal(server.count(/workloads/), 0);
  });

  function causeOf(more: { readonly labels?: RayJob["metadata"]["labels"]; readonly spec?: RayJob["spec"] }) {
    const identity = { name: "train", namespace: "ml", uid: "train", resourceVersion: "1", creationTimestamp: "" };
    return pendingCause(connection, {
      apiVersion: "ray.io/v1",
      kind: "RayJob",
      metadata: { ...identity, labels: more.labels ?? labels },
      spec: more.spec ?? { suspend: true },
      status: { jobDeploymentStatus: "Suspended" },
    });
  }

  function answerWorkloads(version: string, items: readonly object[]): void {
    server.next(new RegExp(`${version}/namespaces/ml/workloads`), () => ({ status: 200, body: { items } }));
  }
});
