import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { errorOf } from "../../support/run.ts";
import { type CodeStage, codeStageForEach, succeeded } from "./codeStage.ts";

describe("a WorkingDir of several parts", () => {
  let stage: CodeStage;

  codeStageForEach((raised) => {
    stage = raised;
  });

  beforeEach(() => stage.write("job/weights.bin", randomBytes(30_000_000)));

  it("leaves neither an object nor a part of one on Ctrl-C, and the next up stores it", async () => {
    const { reached: atPart, reach } = aMoment();
    await stage.through(({ what }) => {
      if (what !== "PUT part 2") return undefined;
      reach();
      return new Promise(() => undefined);
    });
    const interrupt = new AbortController();
    const up = stage.rig.up({ signal: interrupt.signal });
    await atPart;
    assert.equal(await stage.store.halfUploads(stage.bucket), 1);
    interrupt.abort();
    const run = await up;
    assert(!run.succeeded);
    assert.match(errorOf(run, "code"), /cancelled/);
    assert.deepEqual(await stage.store.keys(stage.bucket), []);
    assert.equal(await stage.store.halfUploads(stage.bucket), 0);
    assert.deepEqual((await stage.rig.stack.exportStack()).deployment.pending_operations ?? [], []);
    await stage.rig.write(stage.program());
    await succeeded(stage.rig.up());
    await stage.onlyKey();
  });

  it("leaves nothing either when a file changes while it is stored, and names that file", async () => {
    const { reached: atPart, reach } = aMoment();
    const { reached: mayGoOn, reach: goOn } = aMoment();
    // More than the parts that are on their way at once: the end of it is not read yet.
    await stage.write("job/weights.bin", randomBytes(60_000_000));
    await stage.through(async ({ what }) => {
      if (what === "PUT part 1") reach();
      if (what.startsWith("PUT part")) await mayGoOn;
      return undefined;
    });
    const up = stage.rig.up();
    await atPart;
    await stage.write("job/weights.bin", randomBytes(60_000_000));
    goOn();
    const run = await up;
    assert(!run.succeeded);
    assert.match(errorOf(run, "code"), /weights\.bin": it was changed meanwhile/);
    assert.deepEqual(await stage.store.keys(stage.bucket), []);
    assert.equal(await stage.store.halfUploads(stage.bucket), 0);
  });

  it("is stored by the next up when the plug-in was killed", async () => {
    const { reached: atPart, reach } = aMoment();
    await stage.through(({ what }) => {
      if (what !== "PUT part 2") return undefined;
      reach();
      return new Promise(() => undefined);
    });
    const up = stage.rig.up();
    await atPart;
    await stage.rig.killPlugins();
    assert(!(await up).succeeded);
    assert.deepEqual(await stage.store.keys(stage.bucket), []);
    await stage.rig.write(stage.program());
    await succeeded(stage.rig.up());
    await stage.onlyKey();
  });
});

/** Something that a test waits for, or lets others wait for. */
function aMoment(): { readonly reached: Promise<void>; readonly reach: () => void } {
  let reach = () => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return { reached, reach };
}
