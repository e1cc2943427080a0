import assert from "node:assert/strict";
import type { Rig } from "../../support/rig.ts";
import { opsOf } from "../../support/run.ts";
import { stageForEach } from "../../support/stage.ts";
import { componentJob, componentProgram, jobProperties } from "../programs.ts";

describe("what uses an output of a component's job", () => {
  let rig: Rig;

  stageForEach("dependants", programIn, (stage) => {
    ({ rig } = stage);
  });

  it("stays as it is when nothing has changed, although the run lacks other outputs", async () => {
    const run = await rig.up();
    assert(run.succeeded, run.text);
    const preview = await rig.preview();
    assert(preview.succeeded, preview.text);
    assert.deepEqual(
      opsOf(preview).filter((op) => !op.endsWith(" same")),
      [],
      preview.text,
    );
  });
});

function programIn(namespace: string) {
  const { it } = componentProgram(namespace, { train: componentJob({ waitFor: "none" }) }).resources;
  const rerunToken = '${it.runs["train"].name}, ${it.runs["train"].phase}';
  const after = { type: "rayjob:RayJob", properties: jobProperties(namespace, { waitFor: "none", rerunToken }) };
  return { resources: { it, after } };
}
