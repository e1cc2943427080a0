import assert from "node:assert/strict";
import type { TestNamespace } from "../support/cluster.ts";
import { newRig, type Rig } from "../support/rig.ts";
import { Rows } from "../support/rows.ts";
import { errorOf, opsOf, stepOf } from "../support/run.ts";
import { stageForEach } from "../support/stage.ts";
import { jobProgram } from "./programs.ts";
import { failedStatus, runningStatus, succeededStatus } from "./statuses.ts";

describe("an interrupted deployment", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForEach("interrupted", jobProgram, (stage) => {
    ({ namespace, rig } = stage);
  });

  it("leaves the job running on Ctrl-C, and the next one goes on waiting for the same run", async () => {
    const { metadata, interrupted } = await interruptedWhileItRuns();
    assert(!interrupted.succeeded);
    assert.match(errorOf(interrupted, "train"), /is not done: running.*cancelled/is);
    assert.deepEqual((await rig.stack.exportStack()).deployment.pending_operations ?? [], []);
    const { labels } = (await namespace.rayJob(metadata.name)).metadata;
    assert.equal(labels?.["pulumi-rayjob/in-creation"], undefined, "the state has it");

    assert.deepEqual(stepOf(await rig.preview(), "train").detailedDiff, { phase: "update" });
    await namespace.report(metadata.name, succeededStatus);
    const resumed = await rig.up();
    assert(resumed.succeeded, resumed.text);
    assert.deepEqual(opsOf(resumed), ["train update"]);
    assert.deepEqual(
      (await namespace.rayJobs()).map((rayJob) => rayJob.metadata.uid),
      [metadata.uid],
    );
  });

  it("is not over for a refresh after Ctrl-C, and the next one goes on waiting for the same run", async () => {
    const { metadata } = await interruptedWhileItRuns();
    const refresh = await rig.refresh();
    assert(refresh.succeeded, refresh.text);
    assert.equal((await rig.state()).get("train")?.outputs?.phase, "Running");
    assert.deepEqual(stepOf(await rig.preview(), "train").detailedDiff, { phase: "update" });

    await namespace.report(metadata.name, failedStatus);
    const resumed = await rig.up();
    assert(!resumed.succeeded);
    assert.match(errorOf(resumed, "train"), /failed: AppFailed/);
    assert.deepEqual(
      (await namespace.rayJobs()).map((rayJob) => rayJob.metadata.uid),
      [metadata.uid],
    );
  });

  it("gives up when the custom timeout is over, keeps the job, and the next one goes on waiting", async () => {
    await rig.write(jobProgram(namespace.name, { waitFor: "none" }));
    assert((await rig.up()).succeeded);
    // However short it is, the job is there already.
    await rig.write(jobProgram(namespace.name, {}, { customTimeouts: { update: "1s" } }));
    const run = await rig.up();
    assert(!run.succeeded);
    assert.match(errorOf(run, "train"), /Not done within 1 s; `customTimeouts` gives it more time/);
    const [rayJob] = await namespace.rayJobs();
    assert(rayJob);
    await namespace.report(rayJob.metadata.name, succeededStatus);
    await rig.write(jobProgram(namespace.name));
    assert.deepEqual(opsOf(await rig.up()), ["train update"]);
    assert.equal((await namespace.rayJobs()).length, 1);
  });

  it("gives up after `timeoutSeconds`, too, without counting it as a change of the job", async () => {
    await rig.write(jobProgram(namespace.name, { timeoutSeconds: 1 }));
    const run = await rig.up();
    assert(!run.succeeded);
    assert.match(errorOf(run, "train"), /Not done within 1 s; `timeoutSeconds` gives it more time/);
    const [rayJob] = await namespace.rayJobs();
    assert(rayJob);
    await namespace.report(rayJob.metadata.name, succeededStatus);
    await rig.write(jobProgram(namespace.name, { timeoutSeconds: 2 }));
    assert.deepEqual(opsOf(await rig.up()), ["train update"]);
  });

  it("that has updated the job and then given up is taken back when the program is", async () => {
    const before = jobProgram(namespace.name, { waitFor: "none" });
    await rig.write(before);
    assert((await rig.up()).succeeded);
    await rig.write(jobProgram(namespace.name, { waitFor: "complete", timeoutSeconds: 1, backoffLimit: 2 }));
    assert(!(await rig.up()).succeeded);
    assert.equal((await namespace.rayJobs())[0]?.spec.backoffLimit, 2);
    await rig.write(before);
    const { detailedDiff } = stepOf(await rig.preview(), "train");
    assert.deepEqual(detailedDiff, { backoffLimit: "delete", timeoutSeconds: "delete", waitFor: "update" });
    assert((await rig.up()).succeeded);
    assert.equal((await namespace.rayJobs())[0]?.spec.backoffLimit, 0);
  });

  it("whose plug-in was killed is adopted by the next one when the job is still the same", async () => {
    const { uid, name } = await submitAndKill();
    const resuming = rig.up();
    await namespace.report(name, succeededStatus);
    const resumed = await resuming;
    assert(resumed.succeeded, resumed.text);
    assert.equal((await rig.state()).get("train")?.outputs?.uid, uid);
    assert.deepEqual(
      (await namespace.rayJobs()).map((rayJob) => rayJob.metadata.uid),
      [uid],
    );
  });

  it("whose plug-in was killed has its run deleted by the next one when the job is another", async () => {
    const { uid } = await submitAndKill();
    await rig.write(jobProgram(namespace.name, { entrypoint: "python other.py" }));
    const resuming = rig.up();
    const other = await namespace.until((rayJob) => rayJob.metadata.uid !== uid);
    await namespace.report(other.metadata.name, succeededStatus);
    const resumed = await resuming;
    assert(resumed.succeeded, resumed.text);
    assert.deepEqual(
      (await namespace.rayJobs()).map((rayJob) => rayJob.metadata.uid),
      [other.metadata.uid],
    );
  });

  it("that is adopted obeys what has changed meanwhile without a re-run", async () => {
    const { uid, name } = await submitAndKill();
    await rig.write(jobProgram(namespace.name, { activeDeadlineSeconds: 60 }));
    const resuming = rig.up();
    await namespace.until(({ spec }) => spec.activeDeadlineSeconds === 60);
    await namespace.report(name, succeededStatus);
    assert((await resuming).succeeded);
    assert.deepEqual(
      (await namespace.rayJobs()).map((rayJob) => rayJob.metadata.uid),
      [uid],
    );
  });

  it("whose job somebody deletes fails, and the next one runs the job again as it says", async () => {
    const up = rig.up();
    const { metadata } = await namespace.until(() => true);
    await namespace.report(metadata.name, runningStatus);
    await namespace.delete(metadata.name);
    const failed = await up;
    assert.match(errorOf(failed, "train"), /is gone.*The next `pulumi up` runs the job again/s);
    assert.deepEqual(stepOf(await rig.preview(), "train").detailedDiff, { phase: "delete-replace" });
    const again = rig.up();
    const other = await namespace.until((rayJob) => rayJob.metadata.uid !== metadata.uid);
    await namespace.report(other.metadata.name, succeededStatus);
    const run = await again;
    assert(run.succeeded, run.text);
  });

  it("never touches a RayJob of the same name that somebody else has made", async () => {
    const name = "train";
    await rig.write(jobProgram(namespace.name, { name }));
    const theirs = await namespace.createRayJob({
      apiVersion: "ray.io/v1",
      kind: "RayJob",
      metadata: { name },
      spec: { managedBy: "kueue.x-k8s.io/multikueue", entrypoint: "sleep 1" },
    });
    const run = await rig.up();
    assert(!run.succeeded);
    assert.match(errorOf(run, "train"), /Cannot create RayJob\/.*\/train: there is one, .*pulumi import/s);
    assert.equal((await rig.state()).has("train"), false);
    assert.equal((await namespace.rayJob(name)).metadata.uid, theirs.metadata.uid);
  });

  it("never touches the run of another state, though stack, project and resource have the same names there", async () => {
    await rig.write(jobProgram(namespace.name, { waitFor: "running" }));
    const up = rig.up();
    const theirs = await namespace.until(() => true);
    await namespace.report(theirs.metadata.name, runningStatus);
    assert((await up).succeeded);
    const other = await newRig(jobProgram(namespace.name, { waitFor: "none" }));
    try {
      const refused = await other.up();
      assert.match(errorOf(refused, "train"), /there is one, running, and it belongs to \S+::train in another state/);
      await other.write(jobProgram(namespace.name, { waitFor: "none", entrypoint: "python other.py" }));
      const run = await other.up();
      assert(run.succeeded, run.text);
      assert.equal((await namespace.rayJobs()).length, 2);
      assert((await other.destroy()).succeeded);
      const left = await namespace.rayJobs();
      assert.deepEqual(
        left.map(({ metadata }) => metadata.uid),
        [theirs.metadata.uid],
      );
    } finally {
      await other.dispose();
    }
  });

  async function submitAndKill() {
    const up = rig.up();
    const { metadata } = await namespace.until(() => true);
    await rig.killPlugins();
    assert(!(await up).succeeded);
    return metadata;
  }

  async function interruptedWhileItRuns() {
    const interrupt = new AbortController();
    const rows = new Rows();
    const up = rig.up({ signal: interrupt.signal, rows });
    const { metadata } = await namespace.until(() => true);
    await namespace.report(metadata.name, runningStatus);
    await rows.show(/^running, /);
    interrupt.abort();
    return { metadata, interrupted: await up };
  }
});
