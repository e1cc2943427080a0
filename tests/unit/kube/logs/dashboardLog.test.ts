import assert from "node:assert/strict";
import type { RayJob } from "../../../../provider/job/rayJob.ts";
import { type Connection, connect } from "../../../../provider/kube/connection/connect.ts";
import { driverLogTail } from "../../../../provider/kube/logs/driverLogTail.ts";
import { followDriverLog } from "../../../../provider/kube/logs/followDriverLog.ts";
import { ApiServer, refusal } from "../../../support/apiServer.ts";

const path = "services/long-name-head-svc:9000/proxy/api/jobs/train-abcde";
const job = new RegExp(`${path}$`);
const wholeLog = new RegExp(`${path}/logs$`);

const rayJob: RayJob = {
  apiVersion: "ray.io/v1",
  kind: "RayJob",
  metadata: { name: "train", namespace: "ml", uid: "1", resourceVersion: "1", creationTimestamp: "" },
  spec: { submissionMode: "HTTPMode" },
  status: {
    jobDeploymentStatus: "Complete",
    jobStatus: "SUCCEEDED",
    jobId: "train-abcde",
    dashboardURL: "long-name-head-svc.ml.svc.cluster.local:9000",
  },
};

const notJson = [
  { answer: "HTML", body: "<!doctype html><title>Sign in</title>" },
  { answer: "null", body: "null" },
];

describe("a log that only Ray's dashboard has", () => {
  let server: ApiServer;
  let connection: Connection;
  let warnings: string[];

  beforeEach(async () => {
    server = await ApiServer.start();
    connection = await connect({ kubeconfig: server.kubeconfig });
    server.rayJobs.set("train", rayJob);
    warnings = [];
  });

  afterEach(async () => {
    await server.stop();
  });

  it("is read through the API server, at the service and the port that KubeRay names", async () => {
    server.next(wholeLog, () => ({ status: 200, body: { logs: "one\n\u001b[31mtwo\u001b[0m\nthree" } }));
    assert.deepEqual(await driverLogTail(connection, rayJob, 2), ["two", "three"]);
  });

  it("has no last lines where it may not be read, or is gone", async () => {
    for (const answer of [refusal(403, "Forbidden", "no"), refusal(404, "NotFound", "no"), refusal(503, "", "no")]) {
      server.next(wholeLog, () => answer);
      assert.deepEqual(await driverLogTail(connection, rayJob, 2), []);
    }
  });

  for (const { answer, body } of notJson) {
    it(`has no last lines where a proxy answers ${answer}, and says so where it is followed`, async () => {
      server.next(wholeLog, () => ({ status: 200, body }));
      assert.deepEqual(await driverLogTail(connection, rayJob, 2), []);
      server.next(job, () => ({ status: 200, body }));
      assert.deepEqual(await linesOf(), []);
      assert.deepEqual(warnings, [
        "The driver's log is not shown: Cannot read the log of Service/ml/long-name-head-svc: " +
          `${connection.server} did not answer a JSON object`,
      ]);
    });
  }

  it("is read as a whole once the job has ended, even if nothing could be streamed before", async () => {
    server.next(job, () => ({ status: 404, body: "Job train-abcde does not exist" }));
    server.next(job, () => ({ status: 200, body: { status: "RUNNING" } }));
    server.next(new RegExp(`${path}/logs/tail`), () => ({ status: 404, body: "no web sockets here" }));
    server.next(job, () => ({ status: 200, body: { status: "SUCCEEDED" } }));
    server.next(wholeLog, () => ({ status: 200, body: { logs: "one\n\ntwo\n" } }));
    assert.deepEqual(await linesOf(), ["one", "", "two"]);
    assert.deepEqual(warnings, []);
  });

  it("names the permission that is lacking", async () => {
    const message =
      'services "long-name-head-svc:9000" is forbidden: User "ci" cannot get resource "services/proxy" in API group "" in ' +
      'the namespace "ml"';
    server.next(job, () => refusal(403, "Forbidden", message));
    assert.deepEqual(await linesOf(), []);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? "", /^The driver's log is not shown: .* cannot get resource "services\/proxy"/);
  });

  async function linesOf(): Promise<string[]> {
    const warn = (message: string) => void warnings.push(message);
    const lines: string[] = [];
    const signal = new AbortController().signal;
    for await (const line of followDriverLog(connection, rayJob.metadata, { signal, warn })) lines.push(line);
    return lines;
  }
});
