import assert from "node:assert/strict";
import { connect } from "../../../provider/kube/connection/connect.ts";
import { create } from "../../../provider/resources/rayJob/create.ts";
import { settle } from "../../../provider/resources/rayJob/settle.ts";
import type { InitializationError } from "../../../provider/server/customResource.ts";
import { failedStatus } from "../../engine/statuses.ts";
import { ApiServer } from "../../support/apiServer.ts";
import { until } from "../../support/until.ts";
import { aJob } from "../job/aJob.ts";
import { aRayJob } from "../kube/logs/aRayJob.ts";
import { failureOf, type Surroundings, subject, surroundings } from "./surroundings.ts";

const status = { ...failedStatus, jobId: "train-abcde", dashboardURL: "train-head-svc.ml.svc:8265" };

describe("a job that has failed is in the state as such", () => {
  let server: ApiServer;

  beforeEach(async () => {
    server = await ApiServer.start();
  });

  afterEach(async () => {
    await server.stop();
  });

  for (const body of ["<!doctype html><title>Sign in</title>", "null"]) {
    it(`although its log is ${body}`, async () => {
      const inputs = aJob({ submissionMode: "HTTPMode" });
      const name = String(inputs.name);
      const creating = create({ ...subject(), inputs, preview: false }, surroundings(server));
      await until("the job", async () => server.rayJobs.has(name), { everyMilliseconds: 5 });
      server.next(/\/proxy\//, () => ({ status: 200, body }));
      server.report(name, status);
      isKept(await failureOf(creating));
      assert.equal(server.count(/\/proxy\//), 1);
    });
  }

  it("although its pods are none", async () => {
    server.next(/\/pods\?/, () => ({ status: 200, body: { items: [null] } }));
    isKept(await failureOf(settled(surroundings(server))));
  });

  it("although the end of its log cannot be shown", async () => {
    server.log = "step 41\n";
    server.pods = [{ metadata: { labels: { "job-name": "train" } }, spec: { containers: [{ name: "submitter" }] } }];
    const around = surroundings(server);
    const info = async () => {
      throw new Error("no screen");
    };
    isKept(await failureOf(settled({ ...around, log: { ...around.log, info } })));
  });

  it("although it cannot be explained, and says what is known", async () => {
    const connection = await connect({ kubeconfig: server.kubeconfig });
    let count = 0;
    const cluster = {
      uid: "cluster-1",
      get connection() {
        count += 1;
        if (count > 1) throw new Error("a defect");
        return connection;
      },
    };
    const error = await failureOf(settle(aRayJob(status), aJob(), cluster, surroundings(server)));
    isKept(error);
    assert.equal(
      error.message,
      "RayJob/ml/train failed: AppFailed: the entrypoint failed\nInternal error: no more can be said (a defect)",
    );
  });

  async function settled(context: Omit<Surroundings, "said" | "done">) {
    const connection = await connect({ kubeconfig: server.kubeconfig });
    return settle(aRayJob(status), aJob(), { connection, uid: "cluster-1" }, context);
  }
});

function isKept({ state, reasons }: InitializationError): void {
  assert.equal(state.outputs.phase, "Failed");
  assert.match(reasons.join("\n"), /failed: AppFailed/);
}
