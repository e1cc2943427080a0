import assert from "node:assert/strict";
import type { RayJob } from "../../../provider/job/rayJob.ts";
import { type Connection, connect } from "../../../provider/kube/connection/connect.ts";
import { pendingCause } from "../../../provider/kube/pods/pendingCause.ts";
import { ApiServer } from "../../support/apiServer.ts";

describe("pendingCause", () => {
  let server: ApiServer;
  let connection: Connection;

  beforeEach(async () => {
    server = await ApiServer.start();
    connection = await connect({ kubeconfig: server.kubeconfig });
  });

  afterEach(async () => {
    await server.stop();
  });

  it("needs three lists, however many ask at the same moment, and gives each its own cause", async () => {
    const names = Array.from({ length: 50 }, (_, index) => `train-${index}`);
    server.pods = [...names.map((name) => aHeadPod(name)), aHeadPod("somebody-elses")];
    const causes = await Promise.all(names.map((name) => pendingCause(connection, aRayJob(name))));
    assert.deepEqual(
      causes,
      names.map((name) => `head pod ${name}-x-head: unschedulable (no node for ${name})`),
    );
    assert.deepEqual(server.requests.map((request) => request.replace(/\?.*/, "")).sort(), [
      "GET /api/v1/namespaces/ml/events",
      "GET /api/v1/namespaces/ml/pods",
      "GET /api/v1/namespaces/ml/pods",
    ]);
  });

  it("asks anew who asks later", async () => {
    await pendingCause(connection, aRayJob("train"));
    server.pods = [aHeadPod("train")];
    assert.match((await pendingCause(connection, aRayJob("train"))) ?? "", /no node/);
  });

  it("asks for as many at once as an address can hold", async () => {
    const names = Array.from({ length: 150 }, (_, index) => `train-${index}`);
    await Promise.all(names.map((name) => pendingCause(connection, aRayJob(name))));
    assert.equal(server.count(/pods\?labelSelector=job-name/), 2);
  });

  it("lets go of who gives up, and answers the others", async () => {
    server.pods = [aHeadPod("train")];
    const giveUp = new AbortController();
    const given = pendingCause(connection, aRayJob("train"), giveUp.signal);
    const other = pendingCause(connection, aRayJob("train"));
    giveUp.abort(new Error("enough"));
    await assert.rejects(given, /enough/);
    assert.match((await other) ?? "", /no node/);
  });

  it("is unknown to those who may not look", async () => {
    const forbidden = () => ({ status: 403, body: {} });
    for (let times = 0; times < 3; times += 1) server.next(/./, forbidden);
    assert.equal(await pendingCause(connection, aRayJob("train")), undefined);
  });
});

function aRayJob(name: string): RayJob {
  return {
    apiVersion: "ray.io/v1",
    kind: "RayJob",
    metadata: { name, namespace: "ml", uid: name, resourceVersion: "1", creationTimestamp: "" },
    spec: {},
    status: { jobDeploymentStatus: "Initializing", rayClusterName: `${name}-x` },
  };
}

function aHeadPod(job: string) {
  const labels = { "ray.io/cluster": `${job}-x`, "ray.io/node-type": "head" };
  const conditions = [{ type: "PodScheduled", status: "False", message: `no node for ${job}` }];
  return {
    metadata: { name: `${job}-x-head`, namespace: "ml", labels, creationTimestamp: "" },
    status: { phase: "Pending", conditions },
  };
}
