import assert from "node:assert/strict";
import { jobEffects, unchangedJobs } from "../../../../provider/cli/summary/jobs.ts";
import { aPreview, aStep, said } from "./aPreview.ts";

const replaced = { detailedDiff: { entrypoint: { kind: "update-replace", inputDiff: true } } };
const updated = { detailedDiff: { "labels.a": { kind: "add" }, backoffLimit: { kind: "update" } } };

const cases: {
  readonly it: string;
  readonly step: object;
  readonly says?: string;
  readonly effect: string;
  readonly cause: string;
}[] = [
  { it: "a new job", step: aStep("train", "create"), effect: "runs for the first time", cause: "" },
  { it: "one that is taken out", step: aStep("train", "delete"), effect: "is stopped and deleted", cause: "" },
  {
    it: "one that runs again, in the package's own words",
    step: aStep("train", "replace", replaced),
    says: 'train runs again: it failed (AppFailed), and "entrypoint" changes',
    effect: "runs again",
    cause: 'it failed (AppFailed), and "entrypoint" changes',
  },
  {
    it: "one that may",
    step: aStep("train", "replace", replaced),
    says: 'train may run again: "entrypoint" is not known yet',
    effect: "may run again",
    cause: '"entrypoint" is not known yet',
  },
  {
    it: "one of which nothing is said, by the details",
    step: aStep("train", "replace", replaced),
    effect: "runs again",
    cause: '"entrypoint" changes',
  },
  {
    it: "an update of which nothing is said",
    step: aStep("train", "update", updated),
    effect: "is updated in place",
    cause: '"backoffLimit" and "labels.a" change',
  },
  {
    it: "one that is waited for",
    step: aStep("train", "update"),
    says: "train is waited for, without another run",
    effect: "is waited for, without another run",
    cause: "",
  },
  {
    it: "one whose info is about something else",
    step: aStep("train", "update", updated),
    says: "train has a shared memory of 2 GB",
    effect: "is updated in place",
    cause: '"backoffLimit" and "labels.a" change',
  },
  { it: "what the engine does else", step: aStep("train", "discard"), effect: "discard", cause: "" },
];

describe("what becomes of a job in a summary", () => {
  for (const { it: title, step, says, effect, cause } of cases) {
    it(`is told of ${title}`, () => {
      const found = jobEffects(aPreview([step], says === undefined ? [] : [said("train", says)]));
      assert.deepEqual(found, [{ name: "train", effect, cause }]);
    });
  }

  it("is one line of a replacement, whatever steps it has", () => {
    const steps = ["replace", "create-replacement", "delete-replaced"].map((op) => aStep("train", op));
    assert.equal(jobEffects(aPreview(steps)).length, 1);
  });

  it("is nothing of what stays, nor of other resources", () => {
    const preview = aPreview([aStep("train", "same"), aStep("b", "create", {}, "aws:s3/bucket:Bucket")]);
    assert.deepEqual(jobEffects(preview), []);
    assert.deepEqual(unchangedJobs(preview), ["train"]);
  });
});
