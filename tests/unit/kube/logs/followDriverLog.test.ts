import assert from "node:assert/strict";
import { type Connection, connect } from "../../../../provider/kube/connection/connect.ts";
import { followDriverLog } from "../../../../provider/kube/logs/followDriverLog.ts";
import { failedStatus } from "../../../engine/statuses.ts";
import { ApiServer, refusal, type Turn } from "../../../support/apiServer.ts";
import { aRayJob, aSubmitter } from "./aRayJob.ts";

const log = /\/log\?.*follow=true/;
const pods = /\/pods\?/;
const stamp = "2026-01-01T00:00:01.1Z";
const ended = { ...failedStatus, jobId: "run-1", dashboardURL: "it:8265" };

describe("followDriverLog, of a job that has ended,", () => {
  let server: ApiServer;
  let connection: Connection;

  beforeEach(async () => {
    server = await ApiServer.start();
    connection = await connect({ kubeconfig: server.kubeconfig });
    server.rayJobs.set("train", aRayJob(ended));
    server.pods = [aSubmitter("pod-1", "terminated")];
    server.log = `${stamp} step 1\n`;
  });

  afterEach(async () => {
    await server.stop();
  });

  it("gives all of a log that has an end", async () => {
    assert.deepEqual(await followed(), { lines: ["step 1"], isWhole: true });
  });

  it("knows that a log has gone on when it was left", async () => {
    server.next(log, connected(`${stamp} step 1\n`));
    assert.deepEqual(await followed(), { lines: ["step 1"], isWhole: false });
  });

  it("knows that the pods could not be looked at in the end", async () => {
    const unavailable = () => refusal(500, "InternalError", "no");
    server.next(log, () => {
      for (let attempt = 0; attempt < 100; attempt += 1) server.next(pods, unavailable);
      return { status: 200, body: `${stamp} step 1\n` };
    });
    assert.deepEqual(await followed(), { lines: ["step 1"], isWhole: false });
  });

  it("knows that the log of the last run was not there", async () => {
    server.next(log, () => {
      server.report("train", { ...ended, jobId: "run-2" });
      return { status: 200, body: `${stamp} step 1\n` };
    });
    server.rayJobs.set("train", aRayJob({ ...ended, jobStatus: "RUNNING", jobDeploymentStatus: "Running" }));
    assert.deepEqual(await followed(), { lines: ["step 1"], isWhole: false });
  });

  it("knows that the last submission has no log", async () => {
    server.next(log, () => {
      server.pods = [aSubmitter("pod-1", "terminated"), aSubmitter("pod-2", "waiting")];
      return { status: 200, body: `${stamp} step 1\n` };
    });
    assert.deepEqual(await followed(), { lines: ["step 1"], isWhole: false });
  });

  it("knows that the pod went before its log had ended", async () => {
    server.pods = [aSubmitter("pod-1", "running")];
    server.next(log, () => ({ status: 200, body: `${stamp} step 1\n` }));
    server.next(log, () => refusal(404, "NotFound", "no"));
    assert.deepEqual(await followed(), { lines: ["step 1"], isWhole: false });
  });

  it("does not take the log for the driver's in which only Ray's client has talked", async () => {
    server.log = `${stamp} 2026-01-01 10:00:00,000\tERR cli.py:36 -- Connection refused\n`;
    assert.deepEqual(await followed(), { lines: [], isWhole: false });
  });

  async function followed() {
    const signal = new AbortController().signal;
    const following = followDriverLog(connection, aRayJob().metadata, { signal, warn: assert.fail });
    const lines: string[] = [];
    for (;;) {
      const { value, done } = await following.next();
      if (done) return { lines, isWhole: value };
      lines.push(value);
    }
  }
});

/** A log that says something and is not closed. */
function connected(text: string): Turn {
  return (response) => {
    response.writeHead(200, { "content-type": "text/plain" });
    response.write(text);
    return "silence";
  };
}
