import assert from "node:assert/strict";
import { mock } from "node:test";
import { type Connection, connect } from "../../../provider/kube/connection/connect.ts";
import { clusterUid } from "../../../provider/kube/connection/identity.ts";
import { requestJson } from "../../../provider/kube/connection/request.ts";
import { ApiServer } from "../../support/apiServer.ts";

describe("a server that takes a connection and says nothing", () => {
  let server: ApiServer;
  let connection: Connection;

  beforeEach(async () => {
    server = await ApiServer.start();
    connection = await connect({ kubeconfig: server.kubeconfig });
    await import("undici");
  });

  afterEach(async () => {
    mock.timers.reset();
    await server.stop();
  });

  it("is given up after ten seconds when it has never said anything", async () => {
    const asked = silence();
    const failed = assert.rejects(ask(), {
      message: `Cannot read it: cannot reach ${connection.server} (no answer within 10 s). Check the network, and which server the kubeconfig names`,
    });
    await asked;
    mock.timers.tick(10_000);
    await failed;
  });

  it("is given half a minute when it has answered before", async () => {
    await clusterUid(connection);
    const asked = silence();
    const failed = assert.rejects(ask(), /\(no answer within 30 s\)\. Check the network/);
    await asked;
    mock.timers.tick(29_999);
    assert.equal(
      await Promise.race([failed.then(() => "failed"), new Promise((resolve) => setImmediate(() => resolve("waits")))]),
      "waits",
    );
    mock.timers.tick(1);
    await failed;
  });

  function ask(): Promise<unknown> {
    return requestJson(connection, { action: "read", subject: "it", path: "/apis", retry: false });
  }

  /** Resolves when the server has been asked what it will not answer; time stands still from now on. */
  function silence(): Promise<void> {
    mock.timers.enable({ apis: ["setTimeout"] });
    return new Promise((resolve) => {
      server.next(/./, () => {
        resolve();
        return "silence";
      });
    });
  }
});
