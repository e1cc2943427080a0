import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestNamespace } from "../support/cluster.ts";
import type { Program, Rig } from "../support/rig.ts";
import { errorOf, opsOf, stepOf } from "../support/run.ts";
import { stageForEach } from "../support/stage.ts";
import { jobProgram } from "./programs.ts";

const runtimeEnv = { pip: "requirements.txt" };

describe("a requirements file", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForEach("requirements", programIn, (stage) => {
    ({ namespace, rig } = stage);
  });

  beforeEach(async () => {
    await requirements("numpy==1.26.4", "xgboost==2.1.0");
    const run = await rig.up();
    assert(run.succeeded, run.text);
  });

  it("is part of the job: what it says is in the RayJob and in the state", async () => {
    const { spec } = await namespace.until(() => true);
    assert.equal(spec.runtimeEnvYAML, "pip:\n  - numpy==1.26.4\n  - xgboost==2.1.0\n");
    const { inputs } = (await rig.state()).get("train") ?? {};
    assert.deepEqual(inputs?.runtimeEnv, { pip: ["numpy==1.26.4", "xgboost==2.1.0"] });
    assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
  });

  it("shows the line that was changed, which re-runs the job, but not a comment", async () => {
    await requirements("# pinned", "numpy==1.26.4", "xgboost==2.1.0");
    assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
    await requirements("numpy==1.26.4", "xgboost==2.1.1");
    const preview = await rig.preview();
    const { detailedDiff } = stepOf(preview, "train");
    assert.equal(Object.keys(detailedDiff).includes("runtimeEnv.pip[1]"), true, preview.text);
    assert.equal(Object.keys(detailedDiff).includes("runtimeEnv.pip[0]"), false, preview.text);
    const said = preview.diagnostics.map(({ message }) => message).join();
    assert.match(said, /train runs again: "runtimeEnv\.pip\[1\]" changes/);
  });

  it("is not looked at any more where changes of it are ignored", async () => {
    await rig.write(programIn(namespace.name, { ignoreChanges: ["runtimeEnv"] }));
    await requirements("numpy==2.0.0");
    assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
    await rm(join(rig.folder, "requirements.txt"));
    assert.deepEqual(opsOf(await rig.up()), ["train same"]);
  });

  it("that is gone is one error, with the path that was tried", async () => {
    await rm(join(rig.folder, "requirements.txt"));
    const run = await rig.preview();
    assert(!run.succeeded);
    assert.match(
      errorOf(run, "train"),
      /runtimeEnv\.pip[\s\S]*Cannot read "\/.*\/requirements\.txt": there is no such file/,
    );
  });

  function programIn(name: string, options?: object): Program {
    return jobProgram(name, { waitFor: "none", runtimeEnv }, options);
  }

  async function requirements(...lines: readonly string[]): Promise<void> {
    await writeFile(join(rig.folder, "requirements.txt"), lines.map((line) => `${line}\n`).join(""));
  }
});
