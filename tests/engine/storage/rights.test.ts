import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { readerPolicy } from "../../../provider/components/workingDirBucket/policies.ts";
import { credentials, ObjectStore } from "../../support/objectStore.ts";

/** Moto, when it is told to, looks at the actions and resources of policies; conditions are judged in the unit tests. */
describe("the reader of a bucket, by the text of its policy", () => {
  const bucket = `code-${randomBytes(4).toString("hex")}`;
  const other = `${bucket}-2`;
  let store: ObjectStore;
  let reader: S3Client;

  before(async () => {
    store = await ObjectStore.start();
    for (const name of [bucket, other]) {
      await store.createBucket(name);
      for (const Key of ["working-dirs/a.zip", "working-dirs-2/a.zip", "a.zip"]) {
        await store.client.send(new PutObjectCommand({ Bucket: name, Key, Body: "a" }));
      }
    }
    const { AccessKeyId = "", SecretAccessKey = "" } = await newReader();
    const keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
    const { endpoint } = store;
    reader = new S3Client({ endpoint, region: "us-east-1", credentials: keys, forcePathStyle: true });
    const enforcing = await fetch(`${endpoint}/moto-api/reset-auth`, { method: "POST", body: "0" });
    assert(enforcing.ok);
  });

  after(() => store.dispose());

  it("reads what is below the prefix", async () => {
    await get(bucket, "working-dirs/a.zip");
  });

  for (const [name, key] of [
    [bucket, "working-dirs-2/a.zip"],
    [bucket, "a.zip"],
    [other, "working-dirs/a.zip"],
  ] as const) {
    it(`does not read ${key} of ${name === bucket ? "it" : "another bucket"}`, async () => {
      await assert.rejects(get(name, key), { name: "AccessDenied" });
    });
  }

  it("neither writes nor deletes, not even there", async () => {
    const object = { Bucket: bucket, Key: "working-dirs/a.zip" };
    await assert.rejects(reader.send(new PutObjectCommand({ ...object, Body: "b" })), { name: "AccessDenied" });
    await assert.rejects(reader.send(new DeleteObjectCommand(object)), { name: "AccessDenied" });
  });

  function get(Bucket: string, Key: string) {
    return reader.send(new GetObjectCommand({ Bucket, Key }));
  }

  async function newReader() {
    const iam = new IAMClient({ endpoint: store.endpoint, region: "us-east-1", credentials });
    await iam.send(new CreateUserCommand({ UserName: "reader" }));
    const PolicyDocument = JSON.stringify(readerPolicy(`arn:aws:s3:::${bucket}`, "working-dirs"));
    await iam.send(new PutUserPolicyCommand({ UserName: "reader", PolicyName: "reader", PolicyDocument }));
    const { AccessKey = {} } = await iam.send(new CreateAccessKeyCommand({ UserName: "reader" }));
    iam.destroy();
    return AccessKey as { AccessKeyId?: string; SecretAccessKey?: string };
  }
});
