import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { Fetching } from "../support/fetching.ts";
import { credentials, ObjectStore } from "../support/objectStore.ts";

// The Python that moto runs in has boto3.
const python = join(dirname(process.env.SANDBOX_MOTO_SERVER ?? ""), "python3");

describe("the script of the init containers, from S3", () => {
  let store: ObjectStore;
  let fetching: Fetching;
  let environment: NodeJS.ProcessEnv;

  before(async () => {
    store = await ObjectStore.start();
    await store.createBucket("data");
  });

  after(() => store.dispose());

  beforeEach(async () => {
    fetching = await Fetching.start(python);
    environment = {
      AWS_ENDPOINT_URL_S3: store.endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: "true",
    };
  });

  afterEach(() => fetching.dispose());

  it("copies the objects below a prefix, but not those of a longer name", async () => {
    await put({ "set/a": "a", "set/deep/b": "b", "set/": "", "settings/c": "c" });
    for (const from of ["s3://data/set", "s3://data/set/"]) {
      const run = await fetching.run("copy", from, "to", environment);
      assert.deepEqual(run, { code: 0, stdout: `fetched 2 file(s) from ${from}\n`, stderr: "" });
      assert.deepEqual(await fetching.files("to"), { a: "a", "deep/b": "b" });
    }
  });

  it("copies an object of many parts under its name", async () => {
    const weights = randomBytes(20_000_000);
    await put({ "models/big.bin": weights });
    assert.equal((await fetching.run("copy", "s3://data/models/big.bin", "to", environment)).code, 0);
    assert(weights.equals(await readFile(join(fetching.folder, "to/big.bin"))));
  });

  it("copies without credentials what is public, and nothing else", async () => {
    await store.client.send(new PutObjectCommand({ Bucket: "data", Key: "public", Body: "a", ACL: "public-read" }));
    await put({ private: "b" });
    const nobody = { AWS_ENDPOINT_URL_S3: store.endpoint, AWS_EC2_METADATA_DISABLED: "true", HOME: fetching.folder };
    assert.equal((await fetching.run("copy", "s3://data/public", "to", nobody)).code, 0);
    const { stderr } = await fetching.run("copy", "s3://data/private", "to", nobody);
    assert.match(
      stderr,
      /^cannot fetch s3:\/\/data\/private: .*\b(403|AccessDenied)\b.*\. Let the pods read it, .*\n$/,
    );
    assert.deepEqual(await fetching.files("to"), { public: "a" });
  });

  it("packs a prefix", async () => {
    await put({ "code/train.py": "print(1)" });
    assert.equal((await fetching.run("pack", "s3://data/code", "zips/1.zip", environment)).code, 0);
    assert.deepEqual(Object.keys(await fetching.files("zips")), ["1.zip"]);
  });

  const refusals: { from: string; says: RegExp; because: string }[] = [
    { from: "s3://data/nothing", says: /there is no such object, and none below it/, because: "there is no such key" },
    { from: "s3://nowhere/a", says: /NoSuchBucket/, because: "there is no such bucket" },
    { from: "s3://data/odd/", says: /the object "\/b" has no place in a folder/, because: "a key is no path" },
  ];
  for (const { from, says, because } of refusals) {
    it(`ends with one line where ${because}`, async () => {
      await put({ "odd//b": "b" });
      const { code, stderr } = await fetching.run("copy", from, "to", environment);
      assert.equal(code, 1);
      assert.match(stderr, new RegExp(`^cannot fetch ${from}: .*${says.source}.*\\n$`));
      assert.deepEqual(await fetching.files("to"), {});
    });
  }

  it("says what to do about an image without boto3", async () => {
    await fetching.claim("none", { "boto3.py": "raise ImportError" });
    const without = { ...environment, PYTHONPATH: join(fetching.folder, "claims/none") };
    const { stderr } = await fetching.run("copy", "s3://data/set", "to", without);
    assert.match(stderr, /^cannot fetch s3:\/\/data\/set: s3:\/\/ needs boto3, which this image does not have\. .*\n$/);
  });

  async function put(objects: Readonly<Record<string, string | Buffer>>): Promise<void> {
    for (const [Key, Body] of Object.entries(objects)) {
      await store.client.send(new PutObjectCommand({ Bucket: "data", Key, Body, ContentLength: Body.length }));
    }
  }
});
