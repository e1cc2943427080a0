import assert from "node:assert/strict";
import { newRig, type Rig } from "../../support/rig.ts";
import { jobProperties } from "../programs.ts";

describe("a component with more jobs than a deployment works on at once", () => {
  let rig: Rig;

  before(async () => {
    const job = { ...jobProperties(""), namespace: undefined };
    const properties = { operator: { install: false }, jobs: { a: job, b: job, c: job } };
    rig = await newRig({ resources: { training: { type: "rayjob:RayJobComponent", properties } } });
  });

  after(() => rig.dispose());

  it("warns in the preview, by what the engine says of itself", async () => {
    assert.match(await warningsOf(2), /^Only 2 of the 3 jobs can run at once: .*`--parallel 3`/);
    assert.equal(await warningsOf(3), "");
  });

  async function warningsOf(parallel: number): Promise<string> {
    const preview = await rig.preview({ parallel });
    assert(preview.succeeded, preview.text);
    const warnings = preview.diagnostics.filter(({ severity }) => severity === "warning");
    return warnings.map(({ message }) => message).join("\n");
  }
});
