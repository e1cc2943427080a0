import assert from "node:assert/strict";
import { TestNamespace } from "../support/cluster.ts";
import type { Rig } from "../support/rig.ts";
import { changesOf } from "../support/run.ts";
import { stageForEach } from "../support/stage.ts";
import { until } from "../support/until.ts";
import { componentJob, componentProgram, jobProgram } from "./programs.ts";
import { succeededStatus } from "./statuses.ts";

const [good, train] = [componentJob({ waitFor: "none" }), componentJob()];
const program = (namespace: string) => componentProgram(namespace, { good, train });

describe("a component whose deployment was killed", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForEach("cleanup", program, (stage) => {
    ({ namespace, rig } = stage);
  });

  it("leaves nothing after a destroy", async () => {
    await deployAndKill(() => rig.killPlugins());
    const destroy = await rig.destroy();
    assert(destroy.succeeded, destroy.text);
    assert.match(destroy.text, /deleted RayJob\/\S+\/it-train-\w+, left by an interrupted deployment/);
    assert.deepEqual(await namespace.rayJobs(), []);
  });

  it("leaves nothing of a job that is taken out of the program, and the others alone", async () => {
    await deployAndKill(() => rig.killPlugins());
    await rig.write(componentProgram(namespace.name, { good }));
    const up = await rig.up();
    assert(up.succeeded, up.text);
    assert.deepEqual(await left(), ["it-good"]);
    assert.deepEqual(changesOf(await rig.preview()), []);
  });

  it("leaves nothing when it is taken out itself", async () => {
    await deployAndKill(() => rig.killPlugins());
    await rig.write({ resources: {} });
    const up = await rig.up();
    assert(up.succeeded, up.text);
    assert.deepEqual(await namespace.rayJobs(), []);
  });

  it("goes on with the same run when it is deployed again", async () => {
    const { uid, name } = await deployAndKill(() => rig.killPlugins());
    const again = rig.up();
    await namespace.report(name, succeededStatus);
    const up = await again;
    assert(up.succeeded, up.text);
    const [rayJob] = (await namespace.rayJobs()).filter(({ metadata }) => metadata.name === name);
    assert.equal(rayJob?.metadata.uid, uid);
    assert.equal(rayJob?.metadata.labels?.["pulumi-rayjob/in-creation"], undefined);
  });

  it("leaves nothing after a cancel and a destroy where the command line was killed, too", async () => {
    await deployAndKill(() => rig.killEngine());
    await rig.stack.cancel();
    const destroy = await rig.destroy();
    assert(destroy.succeeded, destroy.text);
    assert.deepEqual(await namespace.rayJobs(), []);
  });

  it("leaves nothing in the namespace that it moves away from", async () => {
    await deployAndKill(() => rig.killPlugins());
    const other = await TestNamespace.create("cleanup");
    try {
      await rig.write(componentProgram(other.name, { good }));
      const up = await rig.up();
      assert(up.succeeded, up.text);
      assert.deepEqual(await namespace.rayJobs(), []);
      assert.equal((await other.rayJobs()).length, 1);
      assert.deepEqual(changesOf(await rig.preview()), []);
      assert((await rig.destroy()).succeeded);
    } finally {
      await other.dispose();
    }
  });

  /** Kills a deployment that waits for `train`, while `good` is in the state already. */
  async function deployAndKill(kill: () => Promise<void>) {
    const up = rig.up();
    const { metadata } = await namespace.until((rayJob) => rayJob.metadata.name.startsWith("it-train-"));
    await until("the other job in the state", async () => (await rig.state()).get("it-good")?.outputs?.uid);
    await kill();
    assert(!(await up).succeeded);
    return metadata;
  }

  async function left(): Promise<string[]> {
    return (await namespace.rayJobs()).map(({ metadata }) => metadata.name.replace(/-\w+$/, ""));
  }
});

describe("a component that was not killed", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForEach(
    "cleanup",
    (name) => componentProgram(name, { good }),
    (stage) => {
      ({ namespace, rig } = stage);
    },
  );

  beforeEach(async () => {
    const up = await rig.up();
    assert(up.succeeded, up.text);
  });

  it("has nothing to do afterwards, and takes its jobs down before its cleanup", async () => {
    const [rayJob] = await namespace.rayJobs();
    assert.equal(rayJob?.metadata.labels?.["pulumi-rayjob/in-creation"], undefined, "the state has it");
    for (const look of ["preview", "refresh", "up"] as const) assert.deepEqual(changesOf(await rig[look]()), [], look);
    assert.deepEqual(changesOf(await rig.destroy()), [
      "RayJob it-good delete",
      "RayJobCleanup it delete",
      "RayJobComponent it delete",
    ]);
  });

  it("keeps a job that is to stay when it is taken out, and when all is destroyed", async () => {
    const kept = { retainOnDelete: true };
    await rig.write(componentProgram(namespace.name, { good, other: good }, kept));
    assert((await rig.up()).succeeded);
    await rig.write(componentProgram(namespace.name, { other: good }, kept));
    assert((await rig.up()).succeeded);
    assert.equal((await namespace.rayJobs()).length, 2);
    assert((await rig.destroy()).succeeded);
    const stayed = await namespace.rayJobs();
    assert.equal(stayed.length, 2);
    assert.deepEqual(
      stayed.map(({ metadata }) => metadata.deletionTimestamp),
      [undefined, undefined],
    );
  });
});

describe("jobs without a component, beside a RayJobCleanup that they depend on", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForEach("cleanup", standalone, (stage) => {
    ({ namespace, rig } = stage);
  });

  it("leave nothing after a destroy, although their deployment was killed", async () => {
    const up = rig.up();
    await namespace.until(() => true);
    await rig.killPlugins();
    assert(!(await up).succeeded);
    const destroy = await rig.destroy();
    assert(destroy.succeeded, destroy.text);
    assert.deepEqual(await namespace.rayJobs(), []);
  });

  function standalone(place: string) {
    const { train: job } = jobProgram(place).resources;
    const properties = { namespace: place, jobs: ["train"] };
    const leftovers = { type: "rayjob:RayJobCleanup", properties };
    return { resources: { leftovers, train: { ...job, options: { dependsOn: ["${leftovers}"] } } } };
  }
});
