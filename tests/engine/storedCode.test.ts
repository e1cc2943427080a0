import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { TestNamespace } from "../support/cluster.ts";
import { ObjectStore } from "../support/objectStore.ts";
import type { Program, Rig } from "../support/rig.ts";
import { errorOf, type Run } from "../support/run.ts";
import { type Answer, answerOf, StandIn } from "../support/s3StandIn.ts";
import { stageForEach } from "../support/stage.ts";
import { jobProgram } from "./programs.ts";

describe("a job whose code is in a bucket", () => {
  let store: ObjectStore;
  let bucket: string;
  let standIn: StandIn;
  /** What the store says instead of what it would. */
  let answer: Answer | undefined;
  let namespace: TestNamespace;
  let rig: Rig;

  before(async () => {
    store = await ObjectStore.start();
  });

  after(() => store.dispose());

  stageForEach("stored-code", jobProgram, (stage) => {
    ({ namespace, rig } = stage);
  });

  beforeEach(async () => {
    answer = undefined;
    bucket = `code-${randomBytes(4).toString("hex")}`;
    await store.createBucket(bucket);
    for (const Key of ["train.zip", "model.whl"]) {
      await store.client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: Key }));
    }
    standIn = await StandIn.start(async (request) => answer ?? (await answerOf(store.endpoint, request)));
  });

  afterEach(() => standIn.dispose());

  it("is submitted when all of it is there, and a preview does not ask", async () => {
    await rig.write(program({ workingDir: `s3://${bucket}/train.zip`, pyModules: [`s3://${bucket}/model.whl`] }));
    assert((await rig.preview()).succeeded);
    assert.deepEqual(standIn.asked, []);
    await succeeded(rig.up());
    assert.deepEqual(standIn.asked, ["HEAD", "HEAD"]);
    assert.equal((await namespace.rayJobs()).length, 1);
    await store.delete(bucket, "train.zip");
    await succeeded(rig.up());
    assert.equal(standIn.asked.length, 2);
  });

  it("is refused by the name of what is missing, with nothing made, and submitted once that is there", async () => {
    for (const [runtimeEnv, property, uri] of [
      [{ workingDir: `s3://${bucket}/trian.zip` }, "runtimeEnv.workingDir", `s3://${bucket}/trian.zip`],
      [{ workingDir: "s3://nobodys-bucket/a.zip" }, "runtimeEnv.workingDir", "s3://nobodys-bucket/a.zip"],
      [{ pyModules: [`s3://${bucket}/a.whl`] }, "runtimeEnv.pyModules[0]", `s3://${bucket}/a.whl`],
    ] as const) {
      await rig.write(program(runtimeEnv));
      const run = await rig.up();
      assert(!run.succeeded);
      const error = errorOf(run, "train");
      assert(error.includes(`Cannot submit the job: there is no ${uri}, which its "${property}" names.`), error);
      assert.deepEqual(await namespace.rayJobs(), []);
      assert.equal((await rig.state()).has("train"), false);
    }
    await rig.write(program({ workingDir: `s3://${bucket}/train.zip` }));
    await succeeded(rig.up());
  });

  for (const [name, given] of [
    ["may not be told", { status: 403, code: "AccessDenied" }],
    ["is in another region", { status: 301, code: "PermanentRedirect" }],
    ["cannot be told, for the server fails", { status: 500 }],
  ] as const) {
    it(`is submitted without a word when it ${name}: the pods may know better`, async () => {
      answer = given;
      await rig.write(program({ workingDir: `s3://${bucket}/trian.zip` }));
      const run = await succeeded(rig.up());
      assert(standIn.asked.length > 0);
      assert.equal(run.diagnostics.filter(({ severity }) => severity === "warning").length, 0, run.text);
      assert.equal((await namespace.rayJobs()).length, 1);
    });
  }

  it("is submitted when its pods are told of another server", async () => {
    const env = [{ name: "AWS_ENDPOINT_URL", value: "http://minio:9000" }];
    const containers = [{ name: "ray-head", image: "rayproject/ray:2.9.0", env }];
    const rayClusterSpec = { headGroupSpec: { template: { spec: { containers } } } };
    await rig.write(program({ workingDir: `s3://${bucket}/trian.zip` }, { rayClusterSpec }));
    await succeeded(rig.up());
    assert.deepEqual(standIn.asked, []);
  });

  function program(runtimeEnv: object, more: object = {}): Program {
    const given = jobProgram(namespace.name, { runtimeEnv, waitFor: "none", ...more }, { provider: "${s3}" });
    const properties = { endpoint: standIn.endpoint, accessKey: "AKIDEXAMPLE", secretKey: "hush" };
    return { ...given, resources: { s3: { type: "pulumi:providers:rayjob", properties }, ...given.resources } };
  }
});

async function succeeded(running: Promise<Run>): Promise<Run> {
  const run = await running;
  assert(run.succeeded, run.text);
  return run;
}
