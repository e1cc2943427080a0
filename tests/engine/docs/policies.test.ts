import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { type PolicyDocument, readerPolicy } from "../../../provider/components/workingDirBucket/policies.ts";
import { credentials, ObjectStore } from "../../support/objectStore.ts";
import { Page } from "../../support/page.ts";
import { newRig, type Program, type Rig } from "../../support/rig.ts";
import { errorOf, type Run } from "../../support/run.ts";

const page = await Page.read("docs/permissions.md");
const [storing, making, reading, decrypting] = page
  .blocks("json")
  .map(({ text }) => JSON.parse(text) as PolicyDocument);

/** Moto, when it is told to, looks at the actions and resources of policies. */
describe("the policies of the page on permissions", () => {
  let store: ObjectStore;
  let iam: IAMClient;
  let rig: Rig;
  let allowed: object;
  let lacking: object;

  before(async () => {
    store = await ObjectStore.start();
    await store.createBucket("ml-code");
    iam = new IAMClient({ endpoint: store.endpoint, region: "us-east-1", credentials });
    rig = await newRig({ resources: {} });
    await mkdir(join(rig.folder, "job"));
    allowed = await newUser("allowed", JSON.stringify(storing));
    lacking = await newUser("lacking", JSON.stringify(storing).replace('"s3:PutObject",', ""));
    const enforcing = await fetch(`${store.endpoint}/moto-api/reset-auth`, { method: "POST", body: "0" });
    assert(enforcing.ok);
  });

  after(async () => {
    iam.destroy();
    await rig.dispose();
    await store.dispose();
  });

  it("fail without s3:PutObject as the page says", async () => {
    await writeCode("print(1)\n", lacking);
    const error = errorOf(await rig.up(), "code");
    const [before = "", after = ""] = 'access denied (…). Allow s3:PutObject on the bucket "ml-code"'.split("…");
    assert(error.includes(before) && error.includes(after), error);
    assert(page.text.includes(`\`${before}…${after}\``));
  });

  it("let code be stored, replaced and left", async () => {
    await writeCode("print(1)\n", allowed);
    await succeeded(rig.up());
    await writeCode("print(2)\n", allowed);
    await succeeded(rig.up());
    await succeeded(rig.destroy());
  });

  it("are for Ray's pods what the package itself makes for them", () => {
    const key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
    const { Statement } = readerPolicy("arn:aws:s3:::ml-code", "team/ray", key);
    assert.deepEqual(reading, readerPolicy("arn:aws:s3:::ml-code", "team/ray"));
    assert.deepEqual([...(reading?.Statement ?? []), ...(decrypting?.Statement ?? [])], Statement);
  });

  it("name actions and resources of one bucket and one role, where the bucket is made", () => {
    for (const { Effect, Action, Resource } of making?.Statement ?? []) {
      assert.equal(Effect, "Allow");
      assert.match(String(Resource), /^arn:aws:(s3:::ml-code(\/\*)?|iam::\d{12}:role\/training-reader-\*)$/);
      for (const action of Action) assert.match(action, /^(s3|iam):[A-Z][A-Za-z]+\*?$/);
    }
  });

  async function newUser(UserName: string, PolicyDocument: string): Promise<object> {
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: UserName, PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    return { accessKey: AccessKey?.AccessKeyId, secretKey: AccessKey?.SecretAccessKey };
  }

  async function writeCode(text: string, keys: object): Promise<void> {
    await writeFile(join(rig.folder, "job/train.py"), text);
    await rig.write(programWith(keys));
  }

  function programWith(keys: object): Program {
    const s3 = { endpoint: store.endpoint, region: "us-east-1", ...keys };
    const code = { path: "job", bucket: "ml-code", prefix: "team/ray" };
    return {
      resources: {
        s3: { type: "pulumi:providers:rayjob", properties: s3 },
        code: { type: "rayjob:WorkingDir", properties: code, options: { provider: "${s3}" } },
      },
    };
  }
});

async function succeeded(running: Promise<Run>): Promise<void> {
  const run = await running;
  assert(run.succeeded, run.text);
  const trouble = run.diagnostics.filter(({ severity }) => severity !== "info");
  assert.deepEqual(trouble, []);
}
