import assert from "node:assert/strict";
import { create } from "../../../provider/resources/rayJob/create.ts";
import { read } from "../../../provider/resources/rayJob/read.ts";
import { failedStatus } from "../../engine/statuses.ts";
import { ApiServer } from "../../support/apiServer.ts";
import { until } from "../../support/until.ts";
import { aJob } from "../job/aJob.ts";
import { failureOf, subject, surroundings } from "./surroundings.ts";

const tail = "info: The last lines of the driver's log:\n  step 41\n  hunter2";

describe("a job that has failed", () => {
  let server: ApiServer;

  beforeEach(async () => {
    server = await ApiServer.start();
    server.log = "step 41\nhunter2\n";
  });

  afterEach(async () => {
    await server.stop();
  });

  it("shows the end of its driver's log, which may hold anything, but keeps it out of the state", async () => {
    const { said, ...context } = surroundings(server);
    const { state, reasons, message } = await failureOf(failing({}, context));
    assert.deepEqual(said.filter(isInfo), [tail]);
    assert(!JSON.stringify([state, reasons, message]).includes("hunter2"));
  });

  it("shows as much of the log as is wanted", async () => {
    const { said, ...context } = surroundings(server);
    await failureOf(failing({ logTailLines: 1 }, context));
    assert.deepEqual(said.filter(isInfo), ["info: The last lines of the driver's log:\n  hunter2"]);
  });

  it("has no log read when none is wanted", async () => {
    const { said, ...context } = surroundings(server);
    await failureOf(failing({ logTailLines: 0 }, context));
    assert.deepEqual(said.filter(isInfo), []);
    assert.equal(server.count(/\/log/), 0);
  });

  it("shows its log in the refresh that finds it failed, and in no other", async () => {
    const inputs = aJob({ waitFor: "none" });
    const state = await create({ ...subject(), inputs, preview: false }, surroundings(server));
    fail(String(inputs.name));
    const { said, ...context } = surroundings(server);
    const found = await read({ ...subject(), ...state, inputs }, context);
    assert.deepEqual(said.filter(isInfo), [tail]);
    assert(found?.failure);
    assert(!JSON.stringify(found).includes("hunter2"));
    await read({ ...subject(), ...found }, context);
    assert.deepEqual(said.filter(isInfo), [tail]);
  });

  it("says that its cluster runs on where KubeRay has begun it and refuses it now, and what deletes that", async () => {
    const inputs = aJob({ rerunFailed: false });
    const name = String(inputs.name);
    const creating = create({ ...subject(), inputs, preview: false }, surroundings(server));
    await until("the job", async () => server.rayJobs.has(name), { everyMilliseconds: 5 });
    server.report(name, { jobDeploymentStatus: "ValidationFailed", jobStatus: "RUNNING", rayClusterName: "train-abc" });
    assert.deepEqual((await failureOf(creating)).message.split("\n"), [
      `RayJob/ml/${name} failed: ValidationFailed: KubeRay refuses the RayJob's spec`,
      `Its cluster train-abc runs on, and KubeRay never deletes it: \`pulumi destroy\` does, or \`kubectl -n ml delete rayjob ${name}\``,
      'It stays failed: "rerunFailed" is false. A change of what it computes with, or of "rerunToken", runs it again',
      "To see more:",
      `  kubectl -n ml describe rayjob ${name}`,
    ]);
  });

  async function failing(more: Parameters<typeof aJob>[0], context: Parameters<typeof create>[1]) {
    const inputs = aJob(more);
    const creating = create({ ...subject(), inputs, preview: false }, context);
    await until("the job", async () => server.rayJobs.has(String(inputs.name)), { everyMilliseconds: 5 });
    fail(String(inputs.name));
    return creating;
  }

  function fail(name: string): void {
    const metadata = { name: `${name}-x`, namespace: "ml", labels: { "job-name": name }, creationTimestamp: "" };
    server.pods = [{ metadata, spec: { containers: [{ name: "submitter" }] } }];
    server.report(name, failedStatus);
  }
});

function isInfo(line: string): boolean {
  return line.startsWith("info");
}
