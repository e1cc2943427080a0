import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { aZip } from "../../support/aZip.ts";
import type { TestNamespace } from "../../support/cluster.ts";
import type { Program, Rig } from "../../support/rig.ts";
import { stageForAll } from "../../support/stage.ts";
import { headOnly, typed } from "./programs.ts";

describe("a job whose code is brought along in each ready form", () => {
  let namespace: TestNamespace;
  let rig: Rig;
  const bucket = `code-${randomBytes(4).toString("hex")}`;
  const wheel = "model-1.0-py3-none-any.whl";

  stageForAll("code", programIn, (stage) => {
    ({ namespace, rig } = stage);
  });

  before(async () => {
    const endpoint = process.env.SANDBOX_S3_ENDPOINT ?? "";
    const settings = {
      endpoint,
      usePathStyle: "true",
      accessKey: "sandbox",
      secretKey: "sandbox",
      region: "us-east-1",
    };
    for (const [name, value] of Object.entries(settings)) await rig.stack.setConfig(`rayjob:${name}`, { value });
    const credentials = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };
    const s3 = new S3Client({ endpoint, region: "us-east-1", credentials, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    s3.destroy();
    await write(
      "job.zip",
      aZip("job/", { name: "job/train.py", content: script }, { name: "job/data.txt", content: "42" }),
    );
    await write("libs/tools/__init__.py", "where = 'a directory'\n");
    await write("mods.zip", aZip({ name: "mods/extra/__init__.py", content: "where = 'a zip file'\n" }));
    await write(`dist/${wheel}`, wheelOf("where = 'a wheel'\n"));
  });

  it("finds its files in its working directory, and its modules on the path, in the driver and in tasks", async () => {
    const run = await rig.up();
    assert(run.succeeded, `${run.text}\n${await namespace.describe()}`);
    const rayJob = (await rig.storedResources()).find(({ type }) => type === "rayjob:index:RayJob");
    const log = typed(rayJob?.outputs?.logsCommand);
    for (const where of ["driver", "task"])
      assert.match(log, new RegExp(`${where}: 42, a directory, a wheel, a zip file`));
  });

  function programIn(name: string): Program {
    const runtimeEnv = { workingDir: "job.zip", pyModules: ["libs/tools", `dist/${wheel}`, "mods.zip"] };
    const job = { entrypoint: "python train.py", runtimeEnv, rayClusterSpec: headOnly(), timeoutSeconds: 240 };
    const place = { namespace: name, createNamespace: false, operator: { install: false }, existingBucket: bucket };
    return {
      resources: { it: { type: "rayjob:RayJobComponent", properties: { ...place, jobs: { train: job } } } },
    };
  }

  async function write(path: string, content: string | Buffer): Promise<void> {
    await mkdir(dirname(join(rig.folder, path)), { recursive: true });
    await writeFile(join(rig.folder, path), content);
  }
});

const script = `
import ray

def found():
    import extra, model, tools
    return ", ".join([open("data.txt").read(), tools.where, model.where, extra.where])

print("driver:", found())
print("task:", ray.get(ray.remote(found).remote()))
`;

function wheelOf(module: string): Buffer {
  const information = "model-1.0.dist-info";
  return aZip(
    { name: "model/__init__.py", content: module },
    { name: `${information}/METADATA`, content: "Metadata-Version: 2.1\nName: model\nVersion: 1.0\n" },
    { name: `${information}/WHEEL`, content: "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n" },
    {
      name: `${information}/RECORD`,
      content: [
        "model/__init__.py,,",
        `${information}/METADATA,,`,
        `${information}/WHEEL,,`,
        `${information}/RECORD,,`,
        "",
      ].join("\n"),
    },
  );
}
