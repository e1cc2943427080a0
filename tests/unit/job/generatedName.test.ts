import assert from "node:assert/strict";
import { changesBetween } from "../../../provider/job/changes.ts";
import { withoutGeneratedName } from "../../../provider/job/generatedName.ts";
import { rayJobNameOf } from "../../../provider/job/names.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";
import { aJob } from "./aJob.ts";

const train = { urn: "urn:pulumi:test::rig::rayjob:index:RayJob::train", name: "train" };

describe("what is told of a change of the RayJob's name", () => {
  it("is nothing where it follows another change", () => {
    assert.deepEqual(shown(generated({}), generated({ entrypoint: "python b.py" })), ["entrypoint"]);
  });

  it("is nothing where it is not known yet since something else is not", () => {
    assert.deepEqual(shown(generated({}), generated({ entrypoint: UNKNOWN })), ["entrypoint"]);
  });

  it("is all where somebody has said it", () => {
    assert.deepEqual(shown(generated({}), aJob({ name: "mine" })), ["name"]);
    assert.deepEqual(shown(generated({}), aJob({ name: "mine", entrypoint: "python b.py" })), ["entrypoint", "name"]);
  });

  it("is all where nothing else runs the job again", () => {
    assert.deepEqual(shown(aJob({ name: "mine" }), generated({})), ["name"]);
    assert.deepEqual(shown(aJob({ name: "mine" }), generated({ backoffLimit: 2 })), ["backoffLimit", "name"]);
  });
});

function generated(more: PropertyMap): PropertyMap {
  const inputs = aJob(more);
  return { ...inputs, name: rayJobNameOf(train, inputs) };
}

function shown(before: PropertyMap, after: PropertyMap): string[] {
  return withoutGeneratedName(changesBetween(before, after), train, after).map(({ path }) => path.join("."));
}
