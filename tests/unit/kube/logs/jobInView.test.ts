import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { mock } from "node:test";
import { type Connection, connect } from "../../../../provider/kube/connection/connect.ts";
import { JobInView } from "../../../../provider/kube/logs/jobInView.ts";
import { succeededStatus } from "../../../engine/statuses.ts";
import { ApiServer } from "../../../support/apiServer.ts";
import { aRayJob } from "./aRayJob.ts";

describe("JobInView", () => {
  let server: ApiServer;
  let connection: Connection;
  let stop: AbortController;

  beforeEach(async () => {
    server = await ApiServer.start();
    connection = await connect({ kubeconfig: server.kubeconfig });
    server.rayJobs.set("train", aRayJob());
    stop = new AbortController();
  });

  afterEach(async () => {
    mock.restoreAll();
    stop.abort();
    await server.stop();
  });

  it("leaves nothing behind on the signal that it waits with", async () => {
    const job = new JobInView();
    const any = mock.method(AbortSignal, "any"); // whose signals Node never forgets
    for (let look = 0; look < 3; look += 1) await job.untilNews(job.view, 1, stop.signal);
    assert.equal(any.mock.callCount(), 0);
    assert.deepEqual(getEventListeners(stop.signal, "abort"), []);
  });

  it("waits for no news that have come already", async () => {
    const job = new JobInView();
    const before = job.view;
    const following = job.follow(connection, aRayJob().metadata, stop.signal);
    await job.untilNews(before, 2 ** 30, stop.signal);
    await job.untilNews(before, 2 ** 30, stop.signal);
    assert.equal(job.view.latest?.metadata.name, "train");
    stop.abort();
    await following;
  });

  it("ends its waits when the job is over, or the signal is aborted", async () => {
    const job = new JobInView();
    const following = job.follow(connection, aRayJob().metadata, stop.signal);
    await job.untilNews(job.view, 2 ** 30, stop.signal);
    server.report("train", succeededStatus);
    while (!job.view.isOver) await job.untilNews(job.view, 2 ** 30, stop.signal);
    const waiting = job.untilNews(job.view, 2 ** 30, stop.signal);
    stop.abort(new Error("enough"));
    await assert.rejects(waiting, { message: "enough" });
    await following;
  });
});
