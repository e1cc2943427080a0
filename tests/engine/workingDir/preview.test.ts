import assert from "node:assert/strict";
import { rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { type CodeStage, codeStageForEach, said, succeeded } from "./codeStage.ts";

describe("the preview of a WorkingDir", () => {
  let stage: CodeStage;

  codeStageForEach((raised) => {
    stage = raised;
  });

  it("says what is in it, and then which files change: once, also beside the details", async () => {
    for (const diff of [true, false]) {
      assert.deepEqual(said(await succeeded(stage.rig.preview({ diff })), "info"), ["code code: 2 files, 20 bytes"]);
    }
    const up = await succeeded(stage.rig.up());
    assert.deepEqual(said(up, "info"), []);
    assert.deepEqual(said(await succeeded(stage.rig.preview()), "info"), []);
    await stage.write("job/train.py", "print(22)\n");
    await stage.write("job/new.py", "");
    await rm(join(stage.rig.folder, "job/src"), { recursive: true });
    const change =
      "code code: 1 file changed (train.py), 1 added (new.py), 1 removed (src/model.py); 2 files, 10 bytes";
    for (const diff of [true, false]) {
      assert.deepEqual(said(await succeeded(stage.rig.preview({ diff })), "info"), [change]);
    }
  });

  it("says nothing of which files change when only the place does", async () => {
    await succeeded(stage.rig.up());
    await stage.rig.write(stage.program({ prefix: "elsewhere" }));
    const sentence = "code code: 2 files, 20 bytes, the same as before in another place";
    assert.deepEqual(said(await succeeded(stage.rig.preview()), "info"), [sentence]);
  });

  it("warns of secrets, large files and files that are missing, as the deployment does; each of them once", async () => {
    await stage.write("job/.env", "KEY=hush-hush\n");
    await stage.write("job/data.bin", "");
    await truncate(join(stage.rig.folder, "job/data.bin"), 101_000_000);
    await stage.rig.write(stage.program({ expectedFiles: ["trian.py", "src/model.py"] }));
    const warns = [
      /^"trian\.py" is not in the package\. Did you mean "train\.py"\?/,
      /^A file that looks like a secret is in the package: \.env\./,
      /^A large file is in the package, .*: data\.bin, 101\.0 MB\./,
    ];
    for (const run of [await succeeded(stage.rig.preview()), await succeeded(stage.rig.up())]) {
      const warnings = said(run, "warning").sort();
      assert.equal(warnings.length, warns.length, warnings.join("\n"));
      for (const [index, warning] of warns.entries()) assert.match(warnings[index] ?? "", warning);
      assert(!run.text.includes("hush-hush"));
    }
    await stage.rig.write(stage.program({ expectedFiles: ["train.py"], excludes: [".env", "*.bin"] }));
    assert.deepEqual(said(await succeeded(stage.rig.up()), "warning"), []);
  });
});
