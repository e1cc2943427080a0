import assert from "node:assert/strict";
import { connect } from "../../../../provider/kube/connection/connect.ts";
import { driverLogTail } from "../../../../provider/kube/logs/driverLogTail.ts";
import { ApiServer } from "../../../support/apiServer.ts";
import { aRayJob } from "./aRayJob.ts";

describe("driverLogTail", () => {
  let server: ApiServer;

  beforeEach(async () => {
    server = await ApiServer.start();
  });

  afterEach(async () => {
    await server.stop();
  });

  it("gives no lines for an answer that nobody understands", async () => {
    const connection = await connect({ kubeconfig: server.kubeconfig });
    server.next(/\/pods\?/, () => ({ status: 200, body: { items: [null] } }));
    assert.deepEqual(await driverLogTail(connection, aRayJob({ dashboardURL: "it:8265" }), 2), []);
  });
});
