import assert from "node:assert/strict";
import type { TestNamespace } from "../support/cluster.ts";
import type { Rig } from "../support/rig.ts";
import { Rows } from "../support/rows.ts";
import { errorOf, opsOf, type Run } from "../support/run.ts";
import { stageForEach } from "../support/stage.ts";
import { jobProperties } from "./programs.ts";
import { failedStatus, runningStatus, succeededStatus } from "./statuses.ts";

describe("when a job fails", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForEach(
    "failure",
    programOf({ bad: {}, good: {}, next: { dependsOn: ["good"] }, never: { dependsOn: ["bad"] } }),
    (stage) => {
      ({ namespace, rig } = stage);
    },
  );

  it("the one that runs beside it is waited for to its end, and nothing new begins", async () => {
    const run = await failingBeside();
    assert(!run.succeeded);
    assert.match(errorOf(run, "bad"), /failed: AppFailed: the entrypoint failed/);
    assert.deepEqual(await phases(), { bad: "Failed", good: "Succeeded" });
  });

  it("and the deployment goes on in spite of errors, only what depends on it does not begin", async () => {
    const run = await failingBeside({ continueOnError: true });
    assert(!run.succeeded);
    assert.deepEqual(await phases(), { bad: "Failed", good: "Succeeded", next: "Succeeded" });
  });

  it("the next deployment deletes it, waits until it is gone, and runs it again under the same name", async () => {
    await failingBeside();
    const failed = await jobOf("bad");
    await namespace.edit(failed.metadata.name, { metadata: { finalizers: ["tests.rayjob/hold"] } });
    const rows = new Rows();
    const up = rig.up({ rows });
    await rows.show(/is being deleted: waiting for /);
    assert.equal((await jobOf("bad")).metadata.uid, failed.metadata.uid);
    await namespace.edit(failed.metadata.name, { metadata: { finalizers: null } });
    await finish("bad", (uid) => uid !== failed.metadata.uid);
    await Promise.all(["next", "never"].map((name) => finish(name)));
    const run = await up;
    assert(run.succeeded, run.text);
    assert.equal((await jobOf("bad")).metadata.name, failed.metadata.name);
    assert.equal((await namespace.rayJobs()).length, 4);
    assert.deepEqual(
      opsOf(run).filter((op) => op.startsWith("good")),
      ["good same"],
    );
  });

  /** `bad` fails while `good` runs, which then succeeds, and so does `next` if it begins. */
  async function failingBeside(options: { readonly continueOnError?: boolean } = {}): Promise<Run> {
    const rows = new Rows();
    const up = rig.up({ rows, ...options });
    await namespace.report((await jobOf("good")).metadata.name, runningStatus);
    await rows.show(/^running, /);
    await namespace.report((await jobOf("bad")).metadata.name, failedStatus);
    await rows.show(/^failed$/);
    await finish("good");
    if (options.continueOnError) await finish("next");
    return up;
  }

  async function finish(resource: string, isWanted: (uid: string) => boolean = () => true): Promise<void> {
    const { metadata } = await namespace.until(
      (rayJob) => rayJob.metadata.name.startsWith(`${resource}-`) && isWanted(rayJob.metadata.uid),
    );
    await namespace.report(metadata.name, succeededStatus);
  }

  async function jobOf(resource: string) {
    return namespace.until(({ metadata }) => metadata.name.startsWith(`${resource}-`));
  }

  async function phases(): Promise<Record<string, unknown>> {
    const jobs = [...(await rig.state())].filter(([, { type }]) => type === "rayjob:index:RayJob");
    return Object.fromEntries(jobs.map(([name, { outputs }]) => [name, outputs?.phase]).sort());
  }
});

describe("when a job that has finished runs again", () => {
  let namespace: TestNamespace;
  let rig: Rig;
  const follower = { properties: { waitFor: "none" }, dependsOn: ["train"] };
  const reader = { properties: { waitFor: "none", entrypoint: "python read.py ${train.uid}" } };
  const jobs = { train: { properties: { waitFor: "none" } }, follower, reader };

  stageForEach("dependents", programOf(jobs), (stage) => {
    ({ namespace, rig } = stage);
  });

  beforeEach(async () => {
    await rig.write(programOf({ train: jobs.train })(namespace.name));
    await rig.up();
    const [train] = await namespace.rayJobs();
    await namespace.report(String(train?.metadata.name), succeededStatus);
    await rig.refresh();
    await rig.write(programOf(jobs)(namespace.name));
    const run = await rig.up();
    assert(run.succeeded, run.text);
  });

  const rerun = { ...jobs, train: { properties: { waitFor: "none", rerunToken: "again" } } };

  it("the preview says that one which uses an output runs again, too, and one that only comes after it does not", async () => {
    await rig.write(programOf(rerun)(namespace.name));
    const preview = await rig.preview();
    assert.deepEqual(
      preview.diagnostics.map(({ name, message }) => [name, message]).sort(),
      [
        ["reader", 'reader may run again: "entrypoint" is not known yet'],
        ["train", 'train runs again: "rerunToken" changes'],
      ],
      preview.text,
    );
    assert(opsOf(preview).includes("follower same"), preview.text);
  });

  it("one that uses an output is deleted first, and runs after it; one that only comes after it stays", async () => {
    const before = await uids();
    await rig.write(programOf(rerun)(namespace.name));
    const run = await rig.up();
    assert(run.succeeded, run.text);
    const ops = opsOf(run);
    assert.deepEqual(
      ops.filter((op) => /delete-replaced|create-replacement/.test(op)),
      ["reader delete-replaced", "train delete-replaced", "train create-replacement", "reader create-replacement"],
      ops.join("\n"),
    );
    assert(ops.includes("follower same"), ops.join("\n"));
    const after = await uids();
    assert.equal(after.follower, before.follower);
    assert.notEqual(after.train, before.train);
    assert.notEqual(after.reader, before.reader);
  });

  it("nothing but the token has made it: the next deployment finds nothing to do", async () => {
    await rig.write(programOf(rerun)(namespace.name));
    await rig.up();
    const train = (await rig.state()).get("train")?.outputs?.name;
    await namespace.report(String(train), succeededStatus);
    await rig.refresh();
    assert.deepEqual(
      opsOf(await rig.preview()).filter((op) => !op.endsWith("same")),
      [],
    );
  });

  async function uids(): Promise<Record<string, unknown>> {
    return Object.fromEntries([...(await rig.state())].map(([name, { outputs }]) => [name, outputs?.uid]));
  }
});

interface Job {
  readonly properties?: object;
  readonly dependsOn?: readonly string[];
}

function programOf(jobs: Readonly<Record<string, Job>>) {
  return (namespace: string) => ({
    resources: Object.fromEntries(
      Object.entries(jobs).map(([name, { properties = {}, dependsOn = [] }]) => [
        name,
        {
          type: "rayjob:RayJob",
          properties: jobProperties(namespace, { ...properties }),
          options: { dependsOn: dependsOn.map((other) => `\${${other}}`) },
        },
      ]),
    ),
  });
}
