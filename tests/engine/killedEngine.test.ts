import assert from "node:assert/strict";
import type { TestNamespace } from "../support/cluster.ts";
import type { Rig } from "../support/rig.ts";
import { opsOf } from "../support/run.ts";
import { stageForEach } from "../support/stage.ts";
import { until } from "../support/until.ts";
import { jobProgram } from "./programs.ts";
import { succeededStatus } from "./statuses.ts";

describe("a deployment whose CLI was killed", () => {
  let namespace: TestNamespace;
  let rig: Rig;
  let submitted: string;

  stageForEach("killed", jobProgram, (stage) => {
    ({ namespace, rig } = stage);
  });

  beforeEach(async () => {
    const up = rig.up();
    submitted = (await namespace.until(() => true)).metadata.uid;
    await rig.killEngine();
    assert(!(await up).succeeded);
  });

  it("leaves no process of the plug-in behind", untilNoPlugin);

  it("leaves a lock, which `pulumi cancel` takes away; then `pulumi up` adopts the run", async () => {
    assert.match((await rig.up()).text, /the stack is currently locked .* `pulumi cancel`/);
    await rig.cancel();
    assert.deepEqual(await pendingOperations(), ["creating"]);
    await succeeds(submitted);
    assert.deepEqual(await namespace.uids(), [submitted]);
  });

  it("leaves a pending operation, which `pulumi refresh --clear-pending-creates` takes away; the run is adopted", async () => {
    await rig.cancel();
    await rig.stack.refresh({ clearPendingCreates: true });
    assert.deepEqual(await pendingOperations(), []);
    await succeeds(submitted);
    assert.deepEqual(await namespace.uids(), [submitted]);
  });

  it("has its run cleared away by the next one when the job is another, even if it has ended meanwhile", async () => {
    await untilNoPlugin();
    const { metadata } = await namespace.until(() => true);
    await namespace.report(metadata.name, succeededStatus);
    await rig.cancel();
    await rig.write(jobProgram(namespace.name, { entrypoint: "python other.py" }));
    const other = await succeeds(undefined);
    assert.notEqual(other, submitted);
    assert.deepEqual(await namespace.uids(), [other]);
  });

  it("leaves nothing after `pulumi cancel`, `pulumi up` and `pulumi destroy`", async () => {
    await rig.cancel();
    await succeeds(submitted);
    assert((await rig.destroy()).succeeded);
    assert.deepEqual(await namespace.uids(), []);
  });

  async function untilNoPlugin(): Promise<void> {
    await until("the end of the plug-ins", async () => (await rig.plugins()).length === 0);
  }

  /** Deploys, and lets the run succeed that has this UID, or any other than the first. */
  async function succeeds(uid: string | undefined): Promise<string> {
    const up = rig.up();
    const { metadata } = await namespace.until((each) =>
      uid === undefined ? each.metadata.uid !== submitted : each.metadata.uid === uid,
    );
    await namespace.report(metadata.name, succeededStatus);
    const run = await up;
    assert(run.succeeded, run.text);
    assert.deepEqual(opsOf(run), ["train create"]);
    return metadata.uid;
  }

  async function pendingOperations(): Promise<string[]> {
    const { deployment } = await rig.stack.exportStack();
    return (deployment.pending_operations ?? []).map(({ type }: { readonly type: string }) => type);
  }
});
