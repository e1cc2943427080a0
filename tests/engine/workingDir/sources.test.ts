import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { asset, CustomResource, type CustomResourceOptions, type Inputs, ProviderResource } from "@pulumi/pulumi";
import { aZip } from "../../support/aZip.ts";
import { newInlineRig } from "../../support/inlineRig.ts";
import { errorOf, opsOf, outputsOf, stepOf } from "../../support/run.ts";
import { type CodeStage, codeStageForEach, failed, nothingOfAws, said, succeeded } from "./codeStage.ts";

const wheel = "model-1.0-py3-none-any.whl";

describe("a WorkingDir of", () => {
  let stage: CodeStage;

  codeStageForEach((raised) => {
    stage = raised;
  });

  describe("a ready zip file", () => {
    const first = aZip({ name: "job/train.py", content: "print(1)\n" }, { name: "job/a.py", content: "a = 1\n" });
    const second = aZip({ name: "job/train.py", content: "print(2)\n" }, { name: "job/a.py", content: "a = 1\n" });

    beforeEach(async () => {
      await stage.write("job.zip", first);
      await stage.rig.write(stage.program({ path: "job.zip" }));
    });

    it("is stored byte for byte, under the hash of its bytes, and is no change elsewhere", async () => {
      await succeeded(stage.rig.up());
      const key = await stage.onlyKey();
      assert.equal(key, `working-dirs/${createHash("sha256").update(first).digest("hex")}.zip`);
      assert(first.equals(await stage.store.bytes(stage.bucket, key)));
      await rename(join(stage.rig.folder, "job.zip"), join(stage.rig.folder, "moved.zip"));
      await stage.rig.write(stage.program({ path: join(stage.rig.folder, "moved.zip") }));
      assert.deepEqual(opsOf(await succeeded(stage.rig.up())), ["code same"]);
    });

    it("names the files in it that change", async () => {
      await succeeded(stage.rig.up());
      await stage.write("job.zip", second);
      const preview = await succeeded(stage.rig.preview());
      assert.deepEqual(Object.keys(stepOf(preview, "code").detailedDiff), ['files["train.py"]', "hash"]);
      assert.deepEqual(said(preview, "info"), ["code code: 1 file changed (train.py); 2 files, 15 bytes"]);
    });

    for (const [what, bytes] of [
      ["no zip file", Buffer.from("print(1)\n")],
      ["cut short", first.subarray(0, -30)],
    ] as const) {
      it(`is refused in the preview when it is ${what}: once, with its absolute path`, async () => {
        await stage.write("job.zip", bytes);
        const preview = await failed(stage.rig.preview());
        const location = join(stage.rig.folder, "job.zip");
        assert(errorOf(preview, "code").includes(`Cannot package "${location}": it is no zip file, or not all of it`));
        await stage.write("job.zip", first);
        await succeeded(stage.rig.up());
      });
    }
  });

  it("a wheel keeps its name, and is replaced when that changes", async () => {
    await stage.write(`dist/${wheel}`, aZip({ name: "model/__init__.py", content: "x = 1\n" }));
    await stage.rig.write(stage.program({ path: `dist/${wheel}` }));
    const { uri, hash } = outputsOf(await succeeded(stage.rig.up()), "code");
    assert.equal(uri, `s3://${stage.bucket}/working-dirs/${hash}/${wheel}`);
    assert.equal(`s3://${stage.bucket}/${await stage.onlyKey()}`, uri);
    await cp(join(stage.rig.folder, "dist"), join(stage.rig.folder, "other"), { recursive: true });
    await stage.rig.write(stage.program({ path: `other/${wheel}` }));
    assert.deepEqual(opsOf(await succeeded(stage.rig.up())), ["code same"]);
    const renamed = wheel.replace("1.0", "2.0");
    await rename(join(stage.rig.folder, "other", wheel), join(stage.rig.folder, "other", renamed));
    await stage.rig.write(stage.program({ path: `other/${renamed}` }));
    await succeeded(stage.rig.up());
    assert.equal((await stage.rig.values()).uri, `s3://${stage.bucket}/working-dirs/${hash}/${renamed}`);
  });

  it("a directory together with itself is another package, in which everything lies below its name", async () => {
    const { hash } = outputsOf(await succeeded(stage.rig.preview()), "code");
    await stage.rig.write(stage.program({ includeParentDir: true }));
    const run = await succeeded(stage.rig.up());
    const outputs = outputsOf(run, "code");
    assert.notEqual(outputs.hash, hash);
    assert.deepEqual(Object.keys(outputs.files as object), ["job/src/model.py", "job/train.py"]);
  });

  describe("an archive in YAML", () => {
    const assets = {
      "train.py": { "fn::stringAsset": "print(1)\n" },
      src: { "fn::assetArchive": { "model.py": { "fn::fileAsset": "./job/src/model.py" } } },
    };
    const forms: Readonly<Record<string, object>> = {
      "of a directory": { "fn::fileArchive": "./job" },
      "of assets": { "fn::assetArchive": assets },
      "of assets and a directory": { "fn::assetArchive": { ...assets, src: { "fn::fileArchive": "./job/src" } } },
    };

    for (const [form, archive] of Object.entries(forms)) {
      it(`${form} is the same package as that directory; the state knows no path of this machine`, async () => {
        await succeeded(stage.rig.up());
        await stage.rig.write(stage.program({ path: undefined, archive }));
        assert.deepEqual(opsOf(await succeeded(stage.rig.up())), ["code same"]);
        assert.deepEqual(opsOf(await succeeded(stage.rig.preview())), ["code same"]);
        const { inputs } = (await stage.rig.state()).get("code") ?? {};
        assert(!JSON.stringify(inputs).includes(stage.rig.folder));
      });
    }

    it("of a directory leaves out what is to be ignored", async () => {
      await stage.write("job/.gitignore", ".env\n");
      await stage.write("job/.env", "KEY=hush\n");
      await stage.rig.write(stage.program({ path: undefined, archive: { "fn::fileArchive": "./job" } }));
      const run = await succeeded(stage.rig.up());
      const { files } = outputsOf(run, "code");
      assert.deepEqual(Object.keys(files as object), [".gitignore", "src/model.py", "train.py"]);
      assert.deepEqual(said(run, "warning"), []);
      assert(!(await stage.store.bytes(stage.bucket, await stage.onlyKey())).includes("KEY=hush"));
    });

    it("of a zip file is that file", async () => {
      await stage.write("job.zip", aZip({ name: "train.py", content: "print(1)\n" }));
      await stage.rig.write(stage.program({ path: undefined, archive: { "fn::fileArchive": "./job.zip" } }));
      await succeeded(stage.rig.up());
      await stage.rig.write(stage.program({ path: "job.zip" }));
      assert.deepEqual(opsOf(await succeeded(stage.rig.up())), ["code same"]);
    });

    it("can be destroyed when what it was made of is gone", async () => {
      await stage.rig.write(stage.program({ path: undefined, archive: { "fn::fileArchive": "./job" } }));
      await succeeded(stage.rig.up());
      await rm(join(stage.rig.folder, "job"), { recursive: true });
      await succeeded(stage.rig.destroy());
    });
  });

  it("an archive of the Automation API is the same package wherever the program lies", async () => {
    const job = join(stage.rig.folder, "job");
    const { hash } = outputsOf(await succeeded(stage.rig.preview()), "code");
    const environment = { ...nothingOfAws, PATH: `${join(stage.rig.folder, "plugin")}:${process.env.PATH}` };
    for (const archive of [
      () => new asset.FileArchive(job),
      () =>
        new asset.AssetArchive({
          "train.py": new asset.FileAsset(join(job, "train.py")),
          src: new asset.FileArchive(join(job, "src")),
        }),
    ]) {
      const { endpoint } = stage.store;
      const rig = await newInlineRig(async () => {
        const provider = new Provider("aws", { endpoint, accessKey: "AKIDEXAMPLE", secretKey: "hush" });
        new Code("code", { archive: archive(), bucket: stage.bucket }, { provider });
      }, environment);
      try {
        assert.equal(outputsOf(await succeeded(rig.preview()), "code").hash, hash);
      } finally {
        await rig.dispose();
      }
    }
  });
});

class Provider extends ProviderResource {
  constructor(name: string, args: Inputs) {
    super("rayjob", name, args);
  }
}

class Code extends CustomResource {
  constructor(name: string, args: Inputs, options: CustomResourceOptions) {
    super("rayjob:index:WorkingDir", name, args, options);
  }
}
