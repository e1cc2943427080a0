import assert from "node:assert/strict";
import { chmod, cp, utimes } from "node:fs/promises";
import { join } from "node:path";
import { opsOf, outputsOf, stepOf } from "../../support/run.ts";
import { type CodeStage, codeStageForEach, succeeded } from "./codeStage.ts";

describe("a WorkingDir", () => {
  let stage: CodeStage;

  codeStageForEach((raised) => {
    stage = raised;
  });

  it("foretells its URI in a preview, and stores nothing", async () => {
    const preview = await stage.rig.preview();
    assert(preview.succeeded, preview.text);
    const { uri, hash, files, fileCount, sizeBytes } = outputsOf(preview, "code");
    assert.equal(uri, `s3://${stage.bucket}/working-dirs/${hash}.zip`);
    assert.deepEqual(Object.keys(files as object), ["src/model.py", "train.py"]);
    assert.deepEqual([fileCount, sizeBytes], [2, 20]);
    assert.deepEqual(await stage.store.keys(stage.bucket), []);
    const up = await succeeded(stage.rig.up());
    assert.equal(outputsOf(up, "code").uri, uri);
    assert.deepEqual(
      (await stage.store.keys(stage.bucket)).map((key) => `s3://${stage.bucket}/${key}`),
      [uri],
    );
  });

  it("stores a zip file with the directory's content", async () => {
    await succeeded(stage.rig.up());
    const bytes = await stage.store.bytes(stage.bucket, await stage.onlyKey());
    assert.equal(bytes.subarray(0, 2).toString(), "PK");
    assert(bytes.includes("working-dir/src/model.py"));
    assert(bytes.includes("print(1)\n"));
  });

  it("has not changed when its files were touched, when their group may write, and when it is a copy elsewhere", async () => {
    await succeeded(stage.rig.up());
    const train = join(stage.rig.folder, "job", "train.py");
    await utimes(train, 1, 1);
    await chmod(train, 0o664);
    assert.deepEqual(opsOf(await stage.rig.preview()), ["code same"]);
    await cp(join(stage.rig.folder, "job"), join(stage.rig.folder, "elsewhere", "copy"), { recursive: true });
    await stage.rig.write(stage.program({ path: join(stage.rig.folder, "elsewhere", "copy"), excludes: ["*.log"] }));
    assert.deepEqual(opsOf(await succeeded(stage.rig.up())), ["code same"]);
    assert.equal((await stage.store.keys(stage.bucket)).length, 1);
  });

  it("does not need the store to say that nothing has changed", async () => {
    await succeeded(stage.rig.up());
    await stage.rig.write(stage.program({}, "http://127.0.0.1:1"));
    assert.deepEqual(opsOf(await succeeded(stage.rig.preview())), ["code same"]);
    assert.deepEqual(opsOf(await succeeded(stage.rig.up())), ["code same"]);
  });

  it("names the file in which a byte has changed, and is replaced: first the new one is stored, then the old one marked", async () => {
    await succeeded(stage.rig.up());
    const old = await stage.onlyKey();
    await stage.write("job/train.py", "print(2)\n");
    const preview = await stage.rig.preview();
    assert.deepEqual(stepOf(preview, "code").detailedDiff, {
      'files["train.py"]': "update-replace",
      hash: "update-replace",
    });
    assert.match(preview.text, /train\.py: "\w{12}" => "\w{12}"/);
    const run = await succeeded(stage.rig.up());
    assert.deepEqual(opsOf(run), ["code create-replacement", "code replace", "code delete-replaced"]);
    const [made, ...others] = (await stage.store.keys(stage.bucket)).filter((key) => key !== old);
    assert(made);
    assert.deepEqual(others, []);
    assert.deepEqual(await stage.store.tags(stage.bucket, old), { "rayjob/unused": "true" });
    assert.equal(await stage.users(made), 1);
  });

  it("is stored again after a refresh that does not find it any more", async () => {
    await succeeded(stage.rig.up());
    assert.deepEqual(opsOf(await succeeded(stage.rig.refresh())), ["code same"]);
    await stage.store.delete(stage.bucket, await stage.onlyKey());
    await succeeded(stage.rig.refresh());
    assert.equal((await stage.rig.state()).has("code"), false);
    assert.deepEqual(opsOf(await succeeded(stage.rig.up())), ["code create"]);
    await stage.onlyKey();
  });

  it("keeps its package while the program says `ignoreChanges`", async () => {
    await succeeded(stage.rig.up());
    await stage.write("job/train.py", "print(2)\n");
    await stage.rig.write(stage.program({}, stage.store.endpoint, { ignoreChanges: ["hash"] }));
    assert.deepEqual(opsOf(await succeeded(stage.rig.up())), ["code same"]);
  });

  it("cannot be imported, and says why", async () => {
    await stage.rig.write({ resources: {} });
    const id = `s3://${stage.bucket}/working-dirs/abc.zip`;
    const run = await stage.rig.import([{ type: "rayjob:index:WorkingDir", name: "code", id }]);
    assert(!run.succeeded);
    assert.match(run.text, /Cannot import s3:\/\/.*abc\.zip: a WorkingDir is made from its directory\. Declare it/s);
  });

  it("is stored with what the stack's configuration says, the flag being a text there, and keys are no plain text", async () => {
    const { rig, bucket } = stage;
    await rig.write({ resources: { code: { type: "rayjob:WorkingDir", properties: { path: "job", bucket } } } });
    await stage.rig.stack.setConfig("rayjob:endpoint", { value: stage.store.endpoint });
    await stage.rig.stack.setConfig("rayjob:usePathStyle", { value: "true" });
    await stage.rig.stack.setConfig("rayjob:accessKey", { value: "AKIDEXAMPLE" });
    await stage.rig.stack.setConfig("rayjob:secretKey", { value: "very-hush", secret: true });
    const run = await succeeded(stage.rig.up());
    await stage.onlyKey();
    const shown = run.text + (await stage.rig.stateText());
    for (const secret of ["AKIDEXAMPLE", "very-hush"]) assert.equal(shown.includes(secret), false, secret);
  });
});
