import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { newRig } from "../../support/rig.ts";
import { opsOf } from "../../support/run.ts";
import { type CodeStage, codeStageForEach, denied, nothingOfAws, said, succeeded } from "./codeStage.ts";

describe("the package of a WorkingDir", () => {
  let stage: CodeStage;

  codeStageForEach((raised) => {
    stage = raised;
  });

  it("is marked by a destroy; who stores the same again takes the mark off and uploads nothing", async () => {
    await succeeded(stage.rig.up());
    const key = await stage.onlyKey();
    await succeeded(stage.rig.destroy());
    assert.deepEqual(await stage.store.tags(stage.bucket, key), { "rayjob/unused": "true" });
    await stage.through(() => undefined);
    await succeeded(stage.rig.up());
    assert.equal(await stage.users(key), 1);
    assert.deepEqual(stage.standIn?.asked.sort(), ["GET tagging", "GET tagging", "HEAD", "PUT tagging"]);
  });

  it("is not marked while another stack uses the same, whichever of the two goes first", async () => {
    await succeeded(stage.rig.up());
    const key = await stage.onlyKey();
    const other = await newRig(stage.program({ path: join(stage.rig.folder, "job") }), nothingOfAws);
    try {
      await succeeded(other.up());
      assert.equal(await stage.users(key), 2);
      await succeeded(stage.rig.destroy());
      assert.equal(await stage.users(key), 1);
      await succeeded(other.destroy());
    } finally {
      await other.dispose();
    }
    assert.deepEqual(await stage.store.tags(stage.bucket, key), { "rayjob/unused": "true" });
  });

  it("is not marked while another resource of the stack has the same, as after a renaming", async () => {
    await succeeded(stage.rig.up());
    const { resources, ...rest } = stage.program();
    const { code, ...others } = resources;
    await stage.rig.write({ ...rest, resources: { ...others, renamed: code }, outputs: {} });
    assert.deepEqual(opsOf(await succeeded(stage.rig.up())), ["renamed create", "code delete"]);
    assert.equal(await stage.users(await stage.onlyKey()), 1);
  });

  it("is stored once by several resources of one deployment, and marked when the last of them is gone", async () => {
    await stage.through(() => pause(20).then(() => undefined));
    const { resources, ...rest } = stage.program({}, stage.standIn?.endpoint);
    const names = ["code", "eval", "train", "tune", "serve"];
    const several = Object.fromEntries(names.map((name) => [name, resources.code]));
    const programs = { one: { ...rest, resources }, all: { ...rest, resources: { ...resources, ...several } } };
    const users = async () => stage.users(await stage.onlyKey());

    await stage.rig.write(programs.all);
    await succeeded(stage.rig.up());
    assert.equal(stage.standIn?.asked.filter((what) => what === "PUT").length, 1);
    assert.equal(await users(), names.length);
    await stage.rig.write(programs.one);
    await succeeded(stage.rig.up());
    assert.equal(await users(), 1);
    await stage.rig.write(programs.all);
    await succeeded(stage.rig.up());
    assert.equal(await users(), names.length);
    await succeeded(stage.rig.destroy());
    assert.deepEqual(await stage.store.tags(stage.bucket, await stage.onlyKey()), { "rayjob/unused": "true" });
  });

  it("is left by the name with which it was used", async () => {
    await succeeded(stage.rig.up());
    const { usedBy } = (await stage.rig.state()).get("code")?.outputs ?? {};
    const tags = await stage.store.tags(stage.bucket, await stage.onlyKey());
    assert.deepEqual(tags, { [`rayjob/used-by-${usedBy}`]: "true" });
  });

  it("that was stored by somebody who may write no tags is never marked by others", async () => {
    await stage.through(({ what }) => (what.endsWith("tagging") ? denied : undefined));
    const run = await succeeded(stage.rig.up());
    assert.match(said(run, "warning").join("\n"), /Cannot tag s3:.*somebody else marks as unused may be deleted/);
    const other = await newRig(stage.program({ path: join(stage.rig.folder, "job") }), nothingOfAws);
    try {
      await succeeded(other.up());
      await succeeded(other.destroy());
    } finally {
      await other.dispose();
    }
    assert.deepEqual(await stage.store.tags(stage.bucket, await stage.onlyKey()), { "rayjob/shared": "true" });
  });

  it("can be destroyed when the object is gone, when the directory is, and when it may not be marked", async () => {
    await succeeded(stage.rig.up());
    await rm(join(stage.rig.folder, "job"), { recursive: true });
    await stage.store.delete(stage.bucket, await stage.onlyKey());
    await succeeded(stage.rig.destroy());

    await stage.write("job/train.py", "print(3)\n");
    await succeeded(stage.rig.up());
    await stage.through(({ what }) => (what.endsWith("tagging") ? denied : undefined));
    await succeeded(stage.rig.up());
    const run = await succeeded(stage.rig.destroy());
    assert.match(
      said(run, "warning").join("\n"),
      /Cannot tag s3:.*s3:PutObjectTagging.*The package stays in the bucket/,
    );
  });
});
