import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmod, cp, mkdir, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ObjectStore } from "../support/objectStore.ts";
import { newRig, type Program, type Rig } from "../support/rig.ts";
import { errorOf, opsOf, outputsOf, type Run, stepOf } from "../support/run.ts";
import { type Answer, answerOf, type Seen, StandIn } from "../support/s3StandIn.ts";

describe("a WorkingDir", () => {
  let store: ObjectStore;
  let bucket: string;
  let rig: Rig;
  /** Stands between the plug-in and the store where a test wants something to go wrong. */
  let standIn: StandIn | undefined;

  before(async () => {
    store = await ObjectStore.start();
  });

  after(() => store.dispose());

  beforeEach(async () => {
    bucket = `code-${randomBytes(4).toString("hex")}`;
    await store.createBucket(bucket);
    rig = await newRig(program(), nothingOfAws);
    await write("job/train.py", "print(1)\n");
    await write("job/src/model.py", "layers = 3\n");
  });

  afterEach(async () => {
    await rig.dispose();
    await standIn?.dispose();
    standIn = undefined;
  });

  it("foretells its URI in a preview, and stores nothing", async () => {
    const preview = await rig.preview();
    assert(preview.succeeded, preview.text);
    const { uri, hash, files, fileCount, sizeBytes } = outputsOf(preview, "code");
    assert.equal(uri, `s3://${bucket}/working-dirs/${hash}.zip`);
    assert.deepEqual(Object.keys(files as object), ["src/model.py", "train.py"]);
    assert.deepEqual([fileCount, sizeBytes], [2, 20]);
    assert.deepEqual(await store.keys(bucket), []);
    const up = await succeeded(rig.up());
    assert.equal(outputsOf(up, "code").uri, uri);
    assert.deepEqual(
      (await store.keys(bucket)).map((key) => `s3://${bucket}/${key}`),
      [uri],
    );
  });

  it("stores a zip file with the directory's content", async () => {
    await succeeded(rig.up());
    const bytes = await store.bytes(bucket, await onlyKey());
    assert.equal(bytes.subarray(0, 2).toString(), "PK");
    assert(bytes.includes("working-dir/src/model.py"));
    assert(bytes.includes("print(1)\n"));
  });

  it("has not changed when its files were touched, when their group may write, and when it is a copy elsewhere", async () => {
    await succeeded(rig.up());
    const train = join(rig.folder, "job", "train.py");
    await utimes(train, 1, 1);
    await chmod(train, 0o664);
    assert.deepEqual(opsOf(await rig.preview()), ["code same"]);
    await cp(join(rig.folder, "job"), join(rig.folder, "elsewhere", "copy"), { recursive: true });
    await rig.write(program({ path: join(rig.folder, "elsewhere", "copy"), excludes: ["*.log"] }));
    assert.deepEqual(opsOf(await succeeded(rig.up())), ["code same"]);
    assert.equal((await store.keys(bucket)).length, 1);
  });

  it("does not need the store to say that nothing has changed", async () => {
    await succeeded(rig.up());
    await rig.write(program({}, "http://127.0.0.1:1"));
    assert.deepEqual(opsOf(await succeeded(rig.preview())), ["code same"]);
    assert.deepEqual(opsOf(await succeeded(rig.up())), ["code same"]);
  });

  it("names the file in which a byte has changed, and is replaced: first the new one is stored, then the old one marked", async () => {
    await succeeded(rig.up());
    const old = await onlyKey();
    await write("job/train.py", "print(2)\n");
    const preview = await rig.preview();
    assert.deepEqual(stepOf(preview, "code").detailedDiff, {
      'files["train.py"]': "update-replace",
      hash: "update-replace",
    });
    assert.match(preview.text, /train\.py: "\w{12}" => "\w{12}"/);
    const run = await succeeded(rig.up());
    assert.deepEqual(opsOf(run), ["code create-replacement", "code replace", "code delete-replaced"]);
    const [made, ...others] = (await store.keys(bucket)).filter((key) => key !== old);
    assert(made);
    assert.deepEqual(others, []);
    assert.deepEqual(await store.tags(bucket, old), { "rayjob/unused": "true" });
    assert.equal(await users(made), 1);
  });

  it("is marked by a destroy; who stores the same again takes the mark off and uploads nothing", async () => {
    await succeeded(rig.up());
    const key = await onlyKey();
    await succeeded(rig.destroy());
    assert.deepEqual(await store.tags(bucket, key), { "rayjob/unused": "true" });
    await through(() => undefined);
    await succeeded(rig.up());
    assert.equal(await users(key), 1);
    assert.deepEqual(standIn?.asked.sort(), ["GET tagging", "HEAD", "PUT tagging"]);
  });

  it("is not marked while another stack uses the same, whichever of the two goes first", async () => {
    await succeeded(rig.up());
    const key = await onlyKey();
    const other = await newRig(program({ path: join(rig.folder, "job") }), nothingOfAws);
    try {
      await succeeded(other.up());
      assert.equal(await users(key), 2);
      await succeeded(rig.destroy());
      assert.equal(await users(key), 1);
      await succeeded(other.destroy());
    } finally {
      await other.dispose();
    }
    assert.deepEqual(await store.tags(bucket, key), { "rayjob/unused": "true" });
  });

  it("is not marked while another resource of the stack has the same, as after a renaming", async () => {
    await succeeded(rig.up());
    const { resources, ...rest } = program();
    const { code, ...others } = resources;
    await rig.write({ ...rest, resources: { ...others, renamed: code }, outputs: {} });
    assert.deepEqual(opsOf(await succeeded(rig.up())), ["renamed create", "code delete"]);
    assert.equal(await users(await onlyKey()), 1);
  });

  it("is stored again after a refresh that does not find it any more", async () => {
    await succeeded(rig.up());
    assert.deepEqual(opsOf(await succeeded(rig.refresh())), ["code same"]);
    await store.delete(bucket, await onlyKey());
    await succeeded(rig.refresh());
    assert.equal((await rig.state()).has("code"), false);
    assert.deepEqual(opsOf(await succeeded(rig.up())), ["code create"]);
    await onlyKey();
  });

  it("can be destroyed when the object is gone, when the directory is, and when it may not be marked", async () => {
    await succeeded(rig.up());
    await rm(join(rig.folder, "job"), { recursive: true });
    await store.delete(bucket, await onlyKey());
    await succeeded(rig.destroy());

    await write("job/train.py", "print(3)\n");
    await succeeded(rig.up());
    await through(({ what }) => (what.endsWith("tagging") ? denied : undefined));
    await succeeded(rig.up());
    const run = await succeeded(rig.destroy());
    assert.match(warningOf(run), /Cannot tag s3:.*s3:PutObjectTagging.*The package stays in the bucket/);
  });

  it("keeps its package while the program says `ignoreChanges`", async () => {
    await succeeded(rig.up());
    await write("job/train.py", "print(2)\n");
    await rig.write(program({}, store.endpoint, { ignoreChanges: ["hash"] }));
    assert.deepEqual(opsOf(await succeeded(rig.up())), ["code same"]);
  });

  it("cannot be imported, and says why", async () => {
    await rig.write({ resources: {} });
    const id = `s3://${bucket}/working-dirs/abc.zip`;
    const run = await rig.import([{ type: "rayjob:index:WorkingDir", name: "code", id }]);
    assert(!run.succeeded);
    assert.match(run.text, /Cannot import s3:\/\/.*abc\.zip: a WorkingDir is made from its directory\. Declare it/s);
  });

  it("is stored with what the stack's configuration says, the flag being a text there, and keys are no plain text", async () => {
    const { resources } = program();
    await rig.write({ resources: { code: { type: "rayjob:WorkingDir", properties: { path: "job", bucket } } } });
    assert(resources);
    await rig.stack.setConfig("rayjob:endpoint", { value: store.endpoint });
    await rig.stack.setConfig("rayjob:usePathStyle", { value: "true" });
    await rig.stack.setConfig("rayjob:accessKey", { value: "AKIDEXAMPLE" });
    await rig.stack.setConfig("rayjob:secretKey", { value: "very-hush", secret: true });
    const run = await succeeded(rig.up());
    await onlyKey();
    const shown = run.text + (await rig.stateText());
    for (const secret of ["AKIDEXAMPLE", "very-hush"]) assert.equal(shown.includes(secret), false, secret);
  });

  describe("that cannot be packaged or stored", () => {
    it("for want of the directory: the absolute path, in the preview", async () => {
      await rig.write(program({ path: "nowhere" }));
      const run = await rig.preview();
      assert(!run.succeeded);
      const location = join(rig.folder, "nowhere");
      assert(errorOf(run, "code").includes(`Cannot package "${location}": there is no such directory`), run.text);
    });

    it("for want of files: how many are ignored, in the preview", async () => {
      await rig.write(program({ excludes: ["*.py"] }));
      const run = await rig.preview();
      assert(!run.succeeded);
      assert.match(errorOf(run, "code"), /all that is in it is ignored \(2 files and directories\)/);
    });

    it("since nothing answers: one error with the address, nothing in the state, and the next up works", async () => {
      await rig.write(program({}, "http://127.0.0.1:1"));
      const run = await rig.up();
      assert(!run.succeeded);
      assert.match(errorOf(run, "code"), /cannot reach http:\/\/127\.0\.0\.1:1 \(connection refused, ECONNREFUSED\)/);
      assert.equal((await rig.state()).has("code"), false);
      await rig.write(program());
      await succeeded(rig.up());
    });

    it("since it is denied: the permission and the bucket, and no key", async () => {
      await through(({ what }) => (what.startsWith("PUT") ? denied : undefined));
      const run = await rig.up();
      assert(!run.succeeded);
      const error = errorOf(run, "code");
      assert.match(error, /access denied \(AccessDenied, 403\)\. Allow s3:PutObject on the bucket "code-\w+"/);
      assert.equal(run.text.includes("hush"), false);
      assert.equal((await rig.state()).has("code"), false);
    });

    it("for want of the bucket", async () => {
      await rig.write(program({ bucket: "nobodys-bucket" }));
      const run = await rig.up();
      assert(!run.succeeded);
      assert.match(
        errorOf(run, "code"),
        /there is no bucket "nobodys-bucket" on http:.*Create it, or correct `bucket`/,
      );
    });
  });

  describe("of several parts", () => {
    beforeEach(() => write("job/weights.bin", randomBytes(30_000_000)));

    it("leaves neither an object nor a part of one on Ctrl-C, and the next up stores it", async () => {
      const { reached: atPart, reach } = aMoment();
      await through(({ what }) => {
        if (what !== "PUT part 2") return undefined;
        reach();
        return new Promise(() => undefined);
      });
      const interrupt = new AbortController();
      const up = rig.up({ signal: interrupt.signal });
      await atPart;
      assert.equal(await store.halfUploads(bucket), 1);
      interrupt.abort();
      const run = await up;
      assert(!run.succeeded);
      assert.match(errorOf(run, "code"), /cancelled/);
      assert.deepEqual(await store.keys(bucket), []);
      assert.equal(await store.halfUploads(bucket), 0);
      assert.deepEqual((await rig.stack.exportStack()).deployment.pending_operations ?? [], []);
      await rig.write(program());
      await succeeded(rig.up());
      await onlyKey();
    });

    it("leaves nothing either when a file changes while it is stored, and names that file", async () => {
      const { reached: atPart, reach } = aMoment();
      const { reached: mayGoOn, reach: goOn } = aMoment();
      // More than the parts that are on their way at once: the end of it is not read yet.
      await write("job/weights.bin", randomBytes(60_000_000));
      await through(async ({ what }) => {
        if (what === "PUT part 1") reach();
        if (what.startsWith("PUT part")) await mayGoOn;
        return undefined;
      });
      const up = rig.up();
      await atPart;
      await write("job/weights.bin", randomBytes(60_000_000));
      goOn();
      const run = await up;
      assert(!run.succeeded);
      assert.match(errorOf(run, "code"), /weights\.bin": it was changed meanwhile/);
      assert.deepEqual(await store.keys(bucket), []);
      assert.equal(await store.halfUploads(bucket), 0);
    });

    it("is stored by the next up when the plug-in was killed", async () => {
      const { reached: atPart, reach } = aMoment();
      await through(({ what }) => {
        if (what !== "PUT part 2") return undefined;
        reach();
        return new Promise(() => undefined);
      });
      const up = rig.up();
      await atPart;
      await rig.killPlugins();
      assert(!(await up).succeeded);
      assert.deepEqual(await store.keys(bucket), []);
      await rig.write(program());
      await succeeded(rig.up());
      await onlyKey();
    });
  });

  const denied: Answer = { status: 403, code: "AccessDenied" };

  /** From now on the plug-in talks to a server that answers as `except` says, and else as the store does. */
  async function through(except: (request: Seen) => Answer | undefined | Promise<Answer | undefined>): Promise<void> {
    standIn = await StandIn.start(async (request) => (await except(request)) ?? answerOf(store.endpoint, request));
    await rig.write(program({}, standIn.endpoint));
  }

  function program(more: object = {}, endpoint = store.endpoint, options: object = {}): Program {
    return {
      resources: {
        aws: { type: "pulumi:providers:rayjob", properties: { endpoint, accessKey: "AKIDEXAMPLE", secretKey: "hush" } },
        code: {
          type: "rayjob:WorkingDir",
          properties: { path: "job", bucket, ...more },
          options: { provider: "${aws}", ...options },
        },
      },
      outputs: { uri: "${code.uri}" },
    };
  }

  async function write(path: string, content: string | Buffer): Promise<void> {
    await mkdir(dirname(join(rig.folder, path)), { recursive: true });
    await writeFile(join(rig.folder, path), content);
  }

  /** How many use the package; none of them if it is marked. */
  async function users(key: string): Promise<number> {
    const tags = Object.keys(await store.tags(bucket, key));
    return tags.includes("rayjob/unused") ? 0 : tags.filter((tag) => tag.startsWith("rayjob/used-by-")).length;
  }

  async function onlyKey(): Promise<string> {
    const [key, ...others] = await store.keys(bucket);
    assert(key);
    assert.deepEqual(others, []);
    return key;
  }
});

// The machine's own AWS settings are not the test's.
const nothingOfAws = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_ENDPOINT_URL: "", AWS_PROFILE: "" };

/** Something that a test waits for, or lets others wait for. */
function aMoment(): { readonly reached: Promise<void>; readonly reach: () => void } {
  let reach = () => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return { reached, reach };
}

async function succeeded(running: Promise<Run>): Promise<Run> {
  const run = await running;
  assert(run.succeeded, run.text);
  return run;
}

function warningOf(run: Run): string {
  return run.diagnostics
    .filter(({ severity }) => severity === "warning")
    .map(({ message }) => message)
    .join("\n");
}
