import assert from "node:assert/strict";
import { ApiServer } from "../../support/apiServer.ts";
import { CommandLine } from "../../support/commandLine.ts";
import { aRayJob, aSubmitter } from "../../unit/kube/logs/aRayJob.ts";
import { failedStatus, succeededStatus } from "../statuses.ts";

const lines = [...Array.from({ length: 500 }, (_, index) => `line ${index}`), "x".repeat(5_000)];

describe("rayjob wait --logs, for a job that has ended already,", () => {
  let server: ApiServer;

  beforeEach(async () => {
    server = await ApiServer.start();
    server.pods = [aSubmitter("pod-1", "terminated")];
    server.log = lines.map((line) => `2026-01-01T00:00:01.1Z ${line}\n`).join("");
  });

  afterEach(async () => {
    await server.stop();
  });

  it("prints every line that its driver has printed, in full", async () => {
    server.rayJobs.set("train", aRayJob({ ...succeededStatus, dashboardURL: "it:8265" }));
    const { code, stdout } = await waited();
    assert.equal(code, 0);
    assert.equal(stdout, `${lines.join("\n")}\n`);
  });

  it("prints it once if the job has failed", async () => {
    server.rayJobs.set("train", aRayJob({ ...failedStatus, dashboardURL: "it:8265" }));
    const { code, stdout, stderr } = await waited();
    assert.equal(code, 1);
    assert.equal(stdout, `${lines.join("\n")}\n`);
    assert(!stderr.includes("last lines"), stderr);
  });

  function waited() {
    return new CommandLine(["wait", "ml/train", "--logs", "--kubeconfig", server.kubeconfig]).ended();
  }
});
