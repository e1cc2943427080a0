import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { inTurn } from "../../../../provider/resources/workingDir/inTurn.ts";

const place = { bucket: "code", key: "working-dirs/abc.zip" };

describe("what is done with an object", () => {
  it("is done one after the other, and with another object meanwhile", async () => {
    const steps: string[] = [];
    const act = (name: string) => async () => {
      steps.push(`${name} begins`);
      await turn();
      steps.push(`${name} ends`);
      return name;
    };
    const other = { ...place, key: "working-dirs/def.zip" };
    const results = await Promise.all([
      inTurn(place, act("a")),
      inTurn(place, act("b")),
      inTurn(other, act("c")),
      inTurn(place, act("d")),
    ]);
    assert.deepEqual(results, ["a", "b", "c", "d"]);
    const ofOne = steps.filter((step) => !step.startsWith("c"));
    assert.deepEqual(ofOne, ["a begins", "a ends", "b begins", "b ends", "d begins", "d ends"]);
    assert(steps.indexOf("c begins") < steps.indexOf("a ends"), steps.join());
  });

  it("is done when what was done before it has failed", async () => {
    const failing = inTurn(place, () => Promise.reject(new Error("no")));
    const next = inTurn(place, async () => "done");
    await assert.rejects(failing, /no/);
    assert.equal(await next, "done");
  });
});
