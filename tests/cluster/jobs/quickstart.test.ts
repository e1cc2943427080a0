import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { TestNamespace } from "../../support/cluster.ts";
import { newRig, opsOf, type Rig } from "../../support/rig.ts";

const example = resolve(import.meta.dirname, "../../../examples/quickstart");

describe("the quickstart", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  before(async () => {
    uploadCode();
    namespace = await TestNamespace.create("quickstart");
    const { name: _, runtime: __, ...program } = parse(await readFile(join(example, "Pulumi.yaml"), "utf8"));
    rig = await newRig(program);
    await rig.stack.setConfig("namespace", { value: namespace.name });
  });

  after(async () => {
    await rig.destroy();
    await rig.dispose();
    await namespace.dispose();
  });

  it("trains a model on two workers with code from S3 and packages from PyPI, and a second look finds nothing to do", async () => {
    const run = await rig.up();
    if (!run.succeeded) console.error(await namespace.describe());
    assert(run.succeeded, run.text);
    const outputs = await rig.outputs();
    assert.equal(outputs.status?.value, "SUCCEEDED");
    assert.match(String(outputs.dashboard?.value), /^http:\/\/training-\w+-head-svc\..*:8265$/);
    const log = execFileSync("sh", ["-c", String(outputs.logs?.value)], { encoding: "utf8" });
    assert.match(log, /trained 50 rounds on 2 workers: accuracy 0\.\d+, model at \/output\/model\.json/);
    assert.deepEqual(opsOf(await rig.preview()), ["training same"]);
    assert.deepEqual(opsOf(await rig.refresh()), ["training same"]);
  });
});

function uploadCode(): void {
  const { RAYJOB_CACHE, SANDBOX_S3_ENDPOINT } = process.env;
  if (!RAYJOB_CACHE || !SANDBOX_S3_ENDPOINT) throw new Error("There is no object store: `make test` starts one");
  execFileSync(
    join(RAYJOB_CACHE, "python/bin/python"),
    [join(example, "package.py"), join(example, "train-job"), "ml-jobs", "train-job.zip"],
    {
      env: {
        AWS_ENDPOINT_URL: SANDBOX_S3_ENDPOINT,
        AWS_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "sandbox",
        AWS_SECRET_ACCESS_KEY: "sandbox",
      },
    },
  );
}
