import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { credentials, type ObjectStore } from "../../support/objectStore.ts";
import { newRig, type Program, type Rig } from "../../support/rig.ts";
import { errorOf, opsOf, type Run } from "../../support/run.ts";
import { startVersityGateway } from "../../support/versityGateway.ts";

/** The life of a WorkingDir on the second S3 server, by TLS of an authority that nobody knows; moto has the rest. */
describe("a WorkingDir on Versity's gateway", () => {
  const bucket = `code-${randomBytes(4).toString("hex")}`;
  let store: ObjectStore;
  let rig: Rig;

  before(async () => {
    store = await startVersityGateway({ tls: true });
    await store.createBucket(bucket);
    rig = await newRig({ resources: {} });
    await mkdir(join(rig.folder, "job"));
    await writeFile(join(rig.folder, "ca.pem"), store.authority ?? "");
    await write("train.py", "print(1)\n");
  });

  after(async () => {
    await rig.dispose();
    await store.dispose();
  });

  it("is not stored while nobody says whom to trust, and one error says how to", async () => {
    await rig.write(program());
    const run = await rig.up();
    assert(!run.succeeded);
    assert.match(
      errorOf(run, "code"),
      /authority that is not known .*Set the provider's `customCaBundle`, or the env/s,
    );
    assert.deepEqual(await store.keys(bucket), []);
  });

  it("is stored by the certificate of a file, and has not changed then", async () => {
    await rig.write(program({ customCaBundle: "ca.pem" }));
    await succeeded(rig.up());
    const [key = ""] = await store.keys(bucket);
    assert.equal((await store.bytes(bucket, key)).subarray(0, 2).toString(), "PK");
    assert.equal((await store.head(bucket, key)).ChecksumType, "FULL_OBJECT");
    assert.deepEqual(opsOf(await rig.preview()), ["code same"]);
  });

  it("is replaced by one of several parts, and the old one is marked", async () => {
    const [old = ""] = await store.keys(bucket);
    await write("weights.bin", randomBytes(20_000_000));
    await succeeded(rig.up());
    const made = (await store.keys(bucket)).filter((key) => key !== old);
    assert.equal(made.length, 1);
    assert.equal(await store.halfUploads(bucket), 0);
    assert.deepEqual(await store.tags(bucket, old), { "rayjob/unused": "true" });
  });

  it("is marked when it is destroyed, and taken up again as it lies there", async () => {
    const before = await store.keys(bucket);
    await succeeded(rig.destroy());
    for (const key of before) assert.deepEqual(await store.tags(bucket, key), { "rayjob/unused": "true" });
    await succeeded(rig.up());
    assert.deepEqual(await store.keys(bucket), before);
    const tags = await Promise.all(before.map((key) => store.tags(bucket, key)));
    assert.equal(tags.filter((each) => "rayjob/unused" in each).length, 1);
    await succeeded(rig.destroy());
  });

  function program(more: object = {}): Program {
    const { accessKeyId: accessKey, secretAccessKey: secretKey } = credentials;
    return {
      resources: {
        s3: {
          type: "pulumi:providers:rayjob",
          properties: { endpoint: store.endpoint, accessKey, secretKey, ...more },
        },
        code: { type: "rayjob:WorkingDir", properties: { path: "job", bucket }, options: { provider: "${s3}" } },
      },
    };
  }

  function write(name: string, content: string | Buffer): Promise<void> {
    return writeFile(join(rig.folder, "job", name), content);
  }
});

async function succeeded(running: Promise<Run>): Promise<Run> {
  const run = await running;
  assert(run.succeeded, run.text);
  return run;
}
