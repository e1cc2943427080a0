import assert from "node:assert/strict";
import { TestNamespace } from "../support/cluster.ts";
import { newRig, type Rig } from "../support/rig.ts";
import { opsOf, stepOf } from "../support/run.ts";
import { jobProgram, jobProperties } from "./programs.ts";
import { failedStatus, runningStatus, succeededStatus } from "./statuses.ts";
import { submittedJobForEach } from "./submitted.ts";

describe("a refresh", () => {
  let namespace: TestNamespace;
  let rig: Rig;
  let name: string;

  submittedJobForEach("refresh", (stage, submitted) => {
    ({ namespace, rig } = stage);
    name = submitted;
  });

  it("brings the outputs up to date, and nothing is to be done", async () => {
    await namespace.report(name, succeededStatus);
    assert((await rig.refresh()).succeeded);
    assert.equal(await output("phase"), "Succeeded");
    assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
  });

  it("finds a job that has failed since, which the next deployment runs again", async () => {
    await namespace.report(name, failedStatus);
    await rig.refresh();
    assert.equal(await output("phase"), "Failed");
    assert.deepEqual(stepOf(await rig.preview(), "train").detailedDiff, { jobStatus: "delete-replace" });
  });

  it("keeps a finished job that its TTL has removed: it must not run again", async () => {
    await namespace.report(name, succeededStatus);
    await rig.refresh();
    await namespace.delete(name);
    assert((await rig.refresh()).succeeded);
    assert.equal(await output("phase"), "Succeeded");
    assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
    assert.deepEqual(await namespace.rayJobs(), []);
  });

  it("drops a job that was deleted before it was done, and the next deployment runs it", async () => {
    await waitInVain("complete");
    await namespace.delete(name);
    assert((await rig.refresh()).succeeded);
    assert.deepEqual(opsOf(await rig.preview()), ["train create"]);
  });

  it("keeps a job that had got as far as it was waited for: it may have ended since", async () => {
    await namespace.report(name, runningStatus);
    await rig.refresh();
    await namespace.delete(name);
    assert((await rig.refresh()).succeeded);
    assert.equal(await output("phase"), "Running");
    assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
    await rig.write(jobProgram(namespace.name, { waitFor: "none", backoffLimit: 3 }));
    assert.deepEqual(opsOf(await rig.up()), ["train update"]);
    assert.deepEqual(await namespace.rayJobs(), []);
  });

  it("does not take another RayJob of the same name for its own", async () => {
    await waitInVain("complete");
    await namespace.delete(name);
    await namespace.createRayJob({ apiVersion: "ray.io/v1", kind: "RayJob", metadata: { name }, spec: {} });
    assert((await rig.refresh()).succeeded);
    assert.equal((await rig.state()).has("train"), false);
  });

  it("sees what somebody has edited, as far as KubeRay obeys it, and the next deployment puts it right", async () => {
    await rig.write(jobProgram(namespace.name, { waitFor: "none", backoffLimit: 1 }));
    assert((await rig.up()).succeeded);
    await namespace.edit(name, { spec: { backoffLimit: 5, entrypoint: "python edited.py" } });
    await rig.refresh();
    assert.deepEqual(stepOf(await rig.preview(), "train").detailedDiff, { backoffLimit: "update" });
    assert((await rig.up()).succeeded);
    assert.equal((await namespace.rayJob(name)).spec.backoffLimit, 1);
  });

  /** A deployment that ends before the running job is as far. */
  async function waitInVain(waitFor: string): Promise<void> {
    await namespace.report(name, runningStatus);
    await rig.write(jobProgram(namespace.name, { waitFor, timeoutSeconds: 1 }));
    assert(!(await rig.up()).succeeded);
  }

  async function output(property: string): Promise<unknown> {
    return (await rig.state()).get("train")?.outputs?.[property];
  }
});

describe("an import", () => {
  let namespace: TestNamespace;

  beforeEach(async () => {
    namespace = await TestNamespace.create("import");
  });

  afterEach(async () => {
    await namespace.dispose();
  });

  it("takes a RayJob over that somebody else has made, without running it again", async () => {
    const name = "made-by-hand";
    const labels = { team: "vision" };
    const { namespace: _, ...spec } = jobProperties(namespace.name);
    const body = { apiVersion: "ray.io/v1", kind: "RayJob", metadata: { name, labels }, spec };
    const { metadata } = await namespace.createRayJob(body);
    await namespace.report(name, succeededStatus);
    const rig = await newRig(jobProgram(namespace.name, { name, labels, shutdownAfterJobFinishes: false }));
    try {
      const run = await rig.import([{ type: "rayjob:index:RayJob", name: "train", id: `${namespace.name}/${name}` }]);
      assert(run.succeeded, run.text);
      const imported = (await rig.state()).get("train");
      assert.equal(imported?.outputs?.uid, metadata.uid);
      assert.equal(imported.outputs.phase, "Succeeded");
      assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
    } finally {
      await rig.dispose();
    }
  });

  it("shows what this package does otherwise than KubeRay where nothing is said", async () => {
    const name = "made-by-hand";
    const { namespace: _, ...spec } = jobProperties(namespace.name);
    await namespace.createRayJob({ apiVersion: "ray.io/v1", kind: "RayJob", metadata: { name }, spec });
    await namespace.report(name, succeededStatus);
    const rig = await newRig(jobProgram(namespace.name, { name }));
    try {
      await rig.import([{ type: "rayjob:index:RayJob", name: "train", id: `${namespace.name}/${name}` }]);
      assert.deepEqual(stepOf(await rig.preview(), "train").detailedDiff, { shutdownAfterJobFinishes: "delete" });
    } finally {
      await rig.dispose();
    }
  });

  it("says so when there is no such RayJob", async () => {
    const rig = await newRig({ resources: {} });
    try {
      const run = await rig.import([{ type: "rayjob:index:RayJob", name: "train", id: `${namespace.name}/nothing` }]);
      assert(!run.succeeded);
      assert.match(run.text, /does not exist/);
    } finally {
      await rig.dispose();
    }
  });
});
