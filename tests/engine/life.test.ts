import assert from "node:assert/strict";
import rpc from "@pulumi/pulumi/runtime/rpc.js";
import type { RayJobStatus } from "../../provider/job/rayJob.ts";
import type { TestNamespace } from "../support/cluster.ts";
import type { Rig, RigUpOptions } from "../support/rig.ts";
import { Rows } from "../support/rows.ts";
import { errorOf, opsOf, outputsOf, type Run, stepOf } from "../support/run.ts";
import { stageForEach } from "../support/stage.ts";
import { jobProgram, jobProperties } from "./programs.ts";
import { failedStatus, runningStatus, succeededStatus } from "./statuses.ts";

const { unknownValue } = rpc;

describe("a RayJob's life", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForEach("life", jobProgram, (stage) => {
    ({ namespace, rig } = stage);
  });

  it("foretells in a preview all that the name alone decides", async () => {
    const preview = await rig.preview();
    assert.deepEqual(opsOf(preview), ["train create"]);
    const { name, namespace: where, dashboardUrl, jobStatus } = outputsOf(preview, "train");
    assert.match(String(name), /^train-[0-9a-f]{8}$/);
    assert.equal(where, namespace.name);
    assert.equal(dashboardUrl, `http://${name}-head-svc.${namespace.name}.svc.cluster.local:8265`);
    assert.equal(jobStatus, unknownValue);
    assert.deepEqual(await namespace.rayJobs(), []);
  });

  it("is created, waited for with a line for each phase, and gives its outputs", async () => {
    const rows = new Rows();
    const up = rig.up({ rows });
    const { metadata } = await namespace.until(() => true);
    await rows.show(/^waiting for the KubeRay operator, /);
    await namespace.report(metadata.name, { jobDeploymentStatus: "Initializing" });
    await rows.show(/^cluster starting, /);
    await namespace.report(metadata.name, { ...runningStatus, jobStatus: "" });
    await rows.show(/^submitted, Ray is setting it up, /);
    await namespace.report(metadata.name, runningStatus);
    await rows.show(/^running, /);
    await namespace.report(metadata.name, succeededStatus);
    await rows.show(/^succeeded$/);
    const run = await up;
    assert(run.succeeded, run.text);
    assert.partialDeepStrictEqual((await rig.state()).get("train")?.outputs, {
      name: metadata.name,
      uid: metadata.uid,
      phase: "Succeeded",
      jobStatus: "SUCCEEDED",
      jobDeploymentStatus: "Complete",
      jobId: "train-abcde",
      rayClusterName: "train-fghij",
      startTime: "2026-01-01T00:00:00Z",
      endTime: "2026-01-01T00:01:00Z",
    });
    assert.equal((await rig.outputs()).phase?.value, "Succeeded");
    assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
    assert.deepEqual(opsOf(await rig.refresh()), ["train same"]);
    assert.deepEqual(opsOf(await rig.up()), ["train same"]);
  });

  it("fails the deployment with reason and message when it fails, stays in the state, and is run again by the next", async () => {
    const failed = await upTo(failedStatus);
    assert(!failed.succeeded);
    assert.match(errorOf(failed, "train"), /AppFailed/);
    assert.match(errorOf(failed, "train"), /ValueError: no data/);
    const kept = (await rig.state()).get("train");
    assert.equal(kept?.initErrors?.length, 1);
    assert.equal(kept.outputs?.phase, "Failed");

    const preview = await rig.preview();
    assert.deepEqual(stepOf(preview, "train").detailedDiff, { jobStatus: "delete-replace" });

    const again = await upTo(succeededStatus, (rayJob) => rayJob.metadata.uid !== kept.outputs?.uid);
    assert(again.succeeded, again.text);
    assert.deepEqual(opsOf(again), ["train delete-replaced", "train replace", "train create-replacement"]);
    const [only, ...others] = await namespace.rayJobs();
    assert.deepEqual(others, []);
    assert.equal(only?.metadata.name, kept.outputs?.name);
  });

  it("shows the end of its driver's log once when it fails, and keeps it out of the state", async () => {
    const message = `${failedStatus.message}, last available logs (truncated to 20,000 chars):\nstep 41\n  at line 7\n`;
    const failed = await upTo({ ...failedStatus, message });
    const tail = "The last lines of the driver's log:\n  step 41\n    at line 7";
    assert.deepEqual(saying(failed, "step 41"), [tail]);
    assert(!(await rig.stateText()).includes("step 41"));
    const refresh = await rig.refresh();
    assert.deepEqual(saying(refresh, "step 41"), []);
  });

  it("is run again when its entry point changes, under another name", async () => {
    await upTo(succeededStatus);
    const [first] = await namespace.rayJobs();
    await rig.write(jobProgram(namespace.name, { entrypoint: "python train.py --epochs 2" }));
    const preview = await rig.preview();
    assert.deepEqual(stepOf(preview, "train").detailedDiff, { entrypoint: "update-replace" });
    const run = await upTo(succeededStatus, (rayJob) => rayJob.metadata.uid !== first?.metadata.uid);
    assert(run.succeeded, run.text);
    assert.notEqual((await namespace.rayJobs())[0]?.metadata.name, first?.metadata.name);
    assert.equal((await namespace.rayJobs()).length, 1);
  });

  it("is run again by `pulumi up --replace` when it has succeeded, and is on the cluster afterwards", async () => {
    await upTo(succeededStatus);
    await assertReplaced(succeededStatus, "Succeeded");
  });

  it("is neither run again nor lost by `pulumi up --replace` while it runs, but by another `rerunToken` beside that", async () => {
    await rig.write(jobProgram(namespace.name, { waitFor: "running" }));
    await upTo(runningStatus);
    const { urn = "", outputs: { uid } = {} } = (await rig.state()).get("train") ?? {};
    const refused = await rig.up({ replace: [urn] });
    assert(!refused.succeeded);
    assert.match(errorOf(refused, "train"), /there is one, running, and Pulumi asks for another .*`rerunToken`/);
    assert.deepEqual(await namespace.uids(), [uid]);
    await rig.write(jobProgram(namespace.name, { waitFor: "running", rerunToken: "2" }));
    const run = await upTo(runningStatus, ({ metadata }) => metadata.uid !== uid, { replace: [urn] });
    assert(run.succeeded, run.text);
    assert.deepEqual(await namespace.uids(), [(await rig.state()).get("train")?.outputs?.uid]);
  });

  it("is updated in place when its TTL changes, which shows as one line", async () => {
    await upTo(succeededStatus);
    const [before] = await namespace.rayJobs();
    await rig.write(jobProgram(namespace.name, { ttlSecondsAfterFinished: 7 }));
    assert.deepEqual(stepOf(await rig.preview(), "train").detailedDiff, { ttlSecondsAfterFinished: "add" });
    const run = await rig.up();
    assert(run.succeeded, run.text);
    assert.deepEqual(opsOf(run), ["train update"]);
    const [after] = await namespace.rayJobs();
    assert.equal(after?.metadata.uid, before?.metadata.uid);
    assert.equal(after?.spec.ttlSecondsAfterFinished, 7);
    assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
  });

  it("leaves alone what depends on an output that an update does not change", async () => {
    const both = (ttlSecondsAfterFinished: number) => ({
      resources: {
        first: {
          type: "rayjob:RayJob",
          properties: jobProperties(namespace.name, { waitFor: "none", ttlSecondsAfterFinished }),
        },
        second: {
          type: "rayjob:RayJob",
          properties: jobProperties(namespace.name, {
            waitFor: "none",
            entrypoint: "python read.py ${first.dashboardUrl}",
          }),
        },
      },
    });
    await rig.write(both(5));
    assert((await rig.up()).succeeded);
    await rig.write(both(6));
    assert.deepEqual(opsOf(await rig.preview()), ["first update", "second same"]);
  });

  it("is deleted while it runs by a destroy", async () => {
    await rig.write(jobProgram(namespace.name, { waitFor: "running" }));
    const run = await upTo(runningStatus);
    assert(run.succeeded, run.text);
    assert((await rig.destroy()).succeeded);
    assert.deepEqual(await namespace.rayJobs(), []);
  });

  async function assertReplaced(status: RayJobStatus, phase: string): Promise<void> {
    const { urn = "", outputs: { uid } = {} } = (await rig.state()).get("train") ?? {};
    assert.deepEqual(await namespace.uids(), [uid]);
    const run = await upTo(status, ({ metadata }) => metadata.uid !== uid, { replace: [urn] });
    assert(run.succeeded, run.text);
    assert(opsOf(run).includes("train create-replacement"), run.text);
    const after = (await rig.state()).get("train")?.outputs;
    assert.notEqual(after?.uid, uid);
    assert.equal(after?.phase, phase);
    assert.deepEqual(await namespace.uids(), [after?.uid]);
    assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
  }

  function saying({ diagnostics }: Run, text: string): string[] {
    return diagnostics.map(({ message }) => message).filter((message) => message.includes(text));
  }

  async function upTo(
    status: RayJobStatus,
    which: Parameters<TestNamespace["until"]>[0] = () => true,
    options: RigUpOptions = {},
  ): Promise<Run> {
    const up = rig.up(options);
    const { metadata } = await namespace.until(which);
    await namespace.report(metadata.name, status);
    return up;
  }
});
