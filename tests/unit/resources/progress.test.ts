import assert from "node:assert/strict";
import { mock } from "node:test";
import type { RayJob, RayJobStatus } from "../../../provider/job/rayJob.ts";
import { lineOf, type RunEvent } from "../../../provider/job/report.ts";
import { ClusterError } from "../../../provider/kube/connection/errors.ts";
import { Progress } from "../../../provider/resources/rayJob/progress.ts";

const starting: RayJobStatus = { jobDeploymentStatus: "Initializing" };
const submitted: RayJobStatus = { jobDeploymentStatus: "Running" };
const running: RayJobStatus = { jobDeploymentStatus: "Running", jobStatus: "RUNNING" };

describe("the row of a job", () => {
  let row: Progress;
  let said: string[];
  let looks: number;
  let cause: string | undefined;

  beforeEach(() => {
    mock.timers.enable({ apis: ["setInterval"] });
    said = [];
    looks = 0;
    cause = undefined;
    const look = async () => {
      looks += 1;
      return cause;
    };
    row = new Progress(look, show);
    row.saw(aRayJob(starting));
  });

  afterEach(() => {
    row.stop();
    mock.timers.reset();
  });

  it("says what holds the job up", async () => {
    cause = "no node";
    await beatsThatLook(2);
    assert.match(said.at(-1) ?? "", /^cluster starting, \d+s: no node$/);
  });

  it("is looked into less and less often while the cause stays the same, but every minute", async () => {
    assert.deepEqual(await beatsThatLook(70), [1, 3, 7, 15, 27, 39, 51, 63]);
  });

  it("is looked into at the next beat when the cause has changed", async () => {
    await beatsThatLook(7);
    cause = "no node";
    assert.deepEqual(await beatsThatLook(11), [8, 9, 11]);
  });

  it("is looked into at the next beat when the state has changed", async () => {
    await beatsThatLook(7);
    row.saw(aRayJob(submitted));
    assert.deepEqual(await beatsThatLook(3), [1, 3]);
  });

  it("does not say of a state what held up the one before", async () => {
    let found: (cause: string) => void = () => {};
    const slow = new Promise<string>((resolve) => {
      found = resolve;
    });
    const patient = new Progress(() => slow, show);
    patient.saw(aRayJob(starting));
    mock.timers.tick(5_000);
    patient.saw(aRayJob(submitted));
    found("no node");
    await new Promise(setImmediate);
    mock.timers.tick(5_000);
    patient.stop();
    assert.equal(
      said.find((line) => line.includes("no node")),
      undefined,
    );
  });

  it("says that the connection is lost until the job is seen again", async () => {
    row.interrupted(new ClusterError("unreachable", "Cannot watch RayJob/ml: it is away"));
    await beatsThatLook(1);
    assert.match(said.at(-1) ?? "", /^connection lost \(Cannot watch RayJob\/ml: it is away\)/);
    row.saw(aRayJob(starting));
    assert.match(said.at(-1) ?? "", /^cluster starting/);
  });

  it("says the driver's last line while the job runs, beside how long it does", async () => {
    row.printed("step 1");
    await beatsThatLook(1);
    assert.match(said.at(-1) ?? "", /^cluster starting, \d+s$/);
    row.saw(aRayJob(running));
    row.printed("step 2");
    await beatsThatLook(1);
    assert.match(said.at(-1) ?? "", /^running, \d+s: step 2$/);
  });

  it("does not say at once the driver's line that was just shown, unless that has hidden the row", () => {
    row.saw(aRayJob(running));
    const before = said.length;
    row.printed("step 1");
    assert.equal(said.length, before);
    row.printed("step 2", "hidden");
    assert.match(said.at(-1) ?? "", /^running, \d+s: step 2$/);
  });

  it("is not looked into once the job runs", async () => {
    row.saw(aRayJob(running));
    assert.deepEqual(await beatsThatLook(3), []);
  });

  function show(event: RunEvent): void {
    said.push(lineOf(event));
  }

  /** At which of so many beats the cluster is asked. */
  async function beatsThatLook(beats: number): Promise<number[]> {
    const found: number[] = [];
    for (let count = 1; count <= beats; count += 1) {
      const before = looks;
      mock.timers.tick(5_000);
      await new Promise(setImmediate);
      if (looks > before) found.push(count);
    }
    return found;
  }
});

function aRayJob(status: RayJobStatus): RayJob {
  const metadata = { name: "train", namespace: "ml", uid: "1", resourceVersion: "1", creationTimestamp: "" };
  return { apiVersion: "ray.io/v1", kind: "RayJob", metadata, spec: {}, status };
}
