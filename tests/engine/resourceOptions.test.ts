import assert from "node:assert/strict";
import type { TestNamespace } from "../support/cluster.ts";
import type { Rig } from "../support/rig.ts";
import { Rows } from "../support/rows.ts";
import { opsOf, stepOf } from "../support/run.ts";
import { stageForEach } from "../support/stage.ts";
import { jobProgram, jobProperties } from "./programs.ts";
import { failedStatus, runningStatus, succeededStatus } from "./statuses.ts";

const submitted = { waitFor: "none" };

describe("Pulumi's option", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForEach(
    "options",
    (name) => jobProgram(name, submitted),
    (stage) => {
      ({ namespace, rig } = stage);
    },
  );

  it("retainOnDelete leaves the job on the cluster, and running, when it is destroyed", async () => {
    const uid = await deployed({ retainOnDelete: true });
    const destroy = await rig.destroy();
    assert(destroy.succeeded, destroy.text);
    assert.deepEqual([...(await rig.state()).keys()], []);
    await assertUntouched(uid);
  });

  it("retainOnDelete keeps no run beside another one of the same job", async () => {
    const uid = await deployed({ retainOnDelete: true });
    await rig.write(jobProgram(namespace.name, { ...submitted, entrypoint: "python b.py" }, { retainOnDelete: true }));
    const up = await rig.up();
    assert(up.succeeded, up.text);
    const uids = (await namespace.rayJobs()).map(({ metadata }) => metadata.uid);
    assert.deepEqual([uids.length, uids.includes(String(uid))], [1, false]);
  });

  it("retainOnDelete runs a failed job again, instead of taking the run up that has failed", async () => {
    await rig.write(jobProgram(namespace.name, {}, { retainOnDelete: true }));
    const failing = rig.up();
    const { metadata } = await namespace.until(() => true);
    await namespace.report(metadata.name, failedStatus);
    assert(!(await failing).succeeded);
    const again = rig.up();
    const other = await namespace.until(({ metadata: { uid } }) => uid !== metadata.uid);
    await namespace.report(other.metadata.name, succeededStatus);
    const run = await again;
    assert(run.succeeded, run.text);
    assert.deepEqual(await namespace.uids(), [other.metadata.uid]);
  });

  it("protect refuses to destroy the job or to run it again, and touches nothing", async () => {
    const uid = await deployed({ protect: true });
    assert.match((await rig.destroy()).text, /train.* cannot be deleted/s);
    await rig.write(jobProgram(namespace.name, { ...submitted, entrypoint: "python b.py" }, { protect: true }));
    const up = await rig.up();
    assert(!up.succeeded);
    assert.match(up.text, /protect/);
    await assertUntouched(uid);
    await rig.write(jobProgram(namespace.name, submitted, { protect: false }));
    await rig.up();
  });

  it("deletedWith deletes nothing where the other resource goes", async () => {
    const train = { type: "rayjob:RayJob", properties: jobProperties(namespace.name, submitted) };
    const more = jobProperties(namespace.name, { ...submitted, entrypoint: "python b.py" });
    const dependent = { type: "rayjob:RayJob", properties: more, options: { deletedWith: "${train}" } };
    await rig.write({ resources: { train, dependent } });
    assert((await rig.up()).succeeded);
    const uid = (await rig.state()).get("dependent")?.outputs?.uid;
    assert((await rig.destroy()).succeeded);
    await assertUntouched(uid);
  });

  it("replaceOnChanges runs the job again for a change that would not", async () => {
    const uid = await deployed({ replaceOnChanges: ["backoffLimit"] });
    const options = { replaceOnChanges: ["backoffLimit"] };
    await rig.write(jobProgram(namespace.name, { ...submitted, backoffLimit: 1 }, options));
    assert.deepEqual(stepOf(await rig.preview(), "train").detailedDiff, { backoffLimit: "add-replace" });
    const up = await rig.up();
    assert(up.succeeded, up.text);
    const uids = (await namespace.rayJobs()).map(({ metadata }) => metadata.uid);
    assert.equal(uids.length, 1);
    assert.notEqual(uids[0], uid);
  });

  for (const option of [{ deleteBeforeReplace: false }, { retainOnDelete: true }]) {
    it(`replaceOnChanges beside ${JSON.stringify(option)} does so, too, and leaves the new run alone`, async () => {
      const options = { ...option, replaceOnChanges: ["backoffLimit"] };
      const uid = await deployed(options);
      for (const { metadata } of await namespace.rayJobs()) await namespace.report(metadata.name, succeededStatus);
      await rig.write(jobProgram(namespace.name, { ...submitted, backoffLimit: 1 }, options));
      const up = await rig.up();
      assert(up.succeeded, up.text);
      const now = (await rig.state()).get("train")?.outputs?.uid;
      assert.notEqual(now, uid);
      await assertUntouched(now);
    });
  }

  it('replaceOnChanges with "*" runs a job again that was not done, and the preview says so', async () => {
    await rig.write(jobProgram(namespace.name, {}, { replaceOnChanges: ["*"] }));
    const uid = await interrupted();
    const preview = await rig.preview();
    assert(opsOf(preview).includes("train replace"), preview.text);
    const said = preview.diagnostics.map(({ message }) => message).join("\n");
    assert.match(said, /^train runs again: .*\. Its run, which was not done, is deleted, and begins anew$/m);
    const again = rig.up();
    const { metadata } = await namespace.until((rayJob) => rayJob.metadata.uid !== uid);
    await namespace.report(metadata.name, succeededStatus);
    const run = await again;
    assert(run.succeeded, run.text);
    assert.deepEqual(await namespace.uids(), [metadata.uid]);
  });

  it("ignoreChanges runs no job again for what it names", async () => {
    const options = { ignoreChanges: ["entrypoint", "rayClusterSpec"] };
    const uid = await deployed(options);
    await rig.write(jobProgram(namespace.name, { ...submitted, entrypoint: "python b.py" }, options));
    assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
    assert((await rig.up()).succeeded);
    await assertUntouched(uid);
  });

  async function deployed(options: object): Promise<unknown> {
    await rig.write(jobProgram(namespace.name, submitted, options));
    const up = await rig.up();
    assert(up.succeeded, up.text);
    return (await rig.state()).get("train")?.outputs?.uid;
  }

  /** Ends the deployment of a job that runs by Ctrl-C. */
  async function interrupted(): Promise<string> {
    const [interrupt, rows] = [new AbortController(), new Rows()];
    const up = rig.up({ signal: interrupt.signal, rows });
    const { metadata } = await namespace.until(() => true);
    await namespace.report(metadata.name, runningStatus);
    await rows.show(/^running, /);
    interrupt.abort();
    assert(!(await up).succeeded);
    return metadata.uid;
  }

  async function assertUntouched(uid: unknown): Promise<void> {
    const found = (await namespace.rayJobs()).map(({ metadata }) => [metadata.uid, metadata.deletionTimestamp]);
    assert.deepEqual(found, [[uid, undefined]]);
  }
});
