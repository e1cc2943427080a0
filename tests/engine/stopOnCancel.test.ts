import assert from "node:assert/strict";
import type { TestNamespace } from "../support/cluster.ts";
import type { Rig } from "../support/rig.ts";
import { Rows } from "../support/rows.ts";
import { errorOf, opsOf, stepOf } from "../support/run.ts";
import { stageForEach } from "../support/stage.ts";
import { jobProgram } from "./programs.ts";
import { runningStatus, succeededStatus } from "./statuses.ts";

const program = (namespace: string) => jobProgram(namespace, { stopOnCancel: true });
const finalizer = "ray.io/rayjob-finalizer";

describe("Ctrl-C on a deployment of a job with `stopOnCancel`", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForEach("cancelled", program, (stage) => {
    ({ namespace, rig } = stage);
  });

  it("deletes the RayJob, and the next one runs the job again because of that", async () => {
    const { uid } = await deployAndCancel();
    const other = await runAgain({ phase: "delete-replace" });
    assert.notEqual(other.uid, uid);
  });

  it("does not wait for the deletion; the next one does", async () => {
    const { name, uid } = await deployAndCancel(finalizer);
    assert((await namespace.rayJob(name)).metadata.deletionTimestamp);
    const refreshed = await rig.refresh();
    assert(refreshed.succeeded, refreshed.text);
    assert.equal((await rig.state()).get("train")?.outputs?.phase, "Cancelled");
    const up = rig.up();
    await namespace.release(name);
    const other = await namespace.until(({ metadata }) => metadata.uid !== uid);
    await namespace.report(other.metadata.name, succeededStatus);
    const run = await up;
    assert(run.succeeded, run.text);
  });

  it("leaves nothing after a destroy", async () => {
    const { name } = await deployAndCancel(finalizer);
    const destroying = rig.destroy();
    await namespace.release(name);
    const destroy = await destroying;
    assert(destroy.succeeded, destroy.text);
    assert.deepEqual(await namespace.rayJobs(), []);
  });

  it("does the same where the deployment only went on waiting", async () => {
    await rig.write(jobProgram(namespace.name, { waitFor: "none" }));
    assert((await rig.up()).succeeded);
    await rig.write(program(namespace.name));
    await deployAndCancel();
    await runAgain({ phase: "delete-replace" });
  });

  async function deployAndCancel(...finalizers: readonly string[]) {
    const interrupt = new AbortController();
    const rows = new Rows();
    const up = rig.up({ signal: interrupt.signal, rows });
    const { metadata } = await namespace.until(() => true);
    await namespace.edit(metadata.name, { metadata: { finalizers } });
    await namespace.report(metadata.name, runningStatus);
    await rows.show(/^running, /);
    interrupt.abort();
    const run = await up;
    assert(!run.succeeded);
    assert.match(errorOf(run, "train"), /is being deleted: The deployment was cancelled, and `stopOnCancel` is true/);
    assert.equal((await rig.state()).get("train")?.outputs?.phase, "Cancelled");
    assert.deepEqual((await rig.stack.exportStack()).deployment.pending_operations ?? [], []);
    return metadata;
  }

  async function runAgain(cause: object) {
    assert.deepEqual(stepOf(await rig.preview(), "train").detailedDiff, cause);
    const up = rig.up();
    const { metadata } = await namespace.until(
      ({ metadata: { deletionTimestamp } }) => deletionTimestamp === undefined,
    );
    await namespace.report(metadata.name, succeededStatus);
    const run = await up;
    assert(run.succeeded, run.text);
    assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
    return metadata;
  }
});
