import assert from "node:assert/strict";
import fc from "fast-check";
import { changesBetween } from "../../../provider/job/changes.ts";
import { fingerprinted, fingerprintOf } from "../../../provider/job/fingerprint.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";
import { aJob, oneFlip, someInputs } from "./aJob.ts";

const container = (fields: PropertyMap): PropertyMap => ({
  rayClusterSpec: { headGroupSpec: { template: { spec: { containers: [fields] } } } },
});

const pairs: { a: PropertyMap; b: PropertyMap; equal: boolean; because: string }[] = [
  { a: { name: "a" }, b: { name: "b" }, equal: true, because: "a generated name is made from it" },
  { a: { labels: { a: "1" } }, b: {}, equal: true, because: "a label does not change what is computed" },
  { a: { backoffLimit: 3 }, b: {}, equal: true, because: "a retry computes the same" },
  { a: { waitFor: "none", timeoutSeconds: 5 }, b: {}, equal: true, because: "the job never sees who waits" },
  { a: { submissionMode: "K8sJobMode" }, b: {}, equal: true, because: "a default may be written out" },
  { a: { namespace: "ml" }, b: { namespace: "prod" }, equal: false, because: "another namespace is another run" },
  { a: { rerunToken: "1" }, b: { rerunToken: "2" }, equal: false, because: "that is what the token is for" },
  { a: { jobId: "a" }, b: { jobId: "b" }, equal: false, because: "KubeRay submits under another ID" },
  {
    a: { jobId: "a", submissionMode: "InteractiveMode" },
    b: { submissionMode: "InteractiveMode" },
    equal: true,
    because: "setting the ID goes on with the same run",
  },
  { a: container({ a: "bc" }), b: container({ ab: "c" }), equal: false, because: "names and values are framed" },
  { a: container({ n: 1 }), b: container({ n: "1" }), equal: false, because: "a number is not a text" },
  { a: container({ n: [] }), b: container({ n: {} }), equal: false, because: "an empty list is not an empty object" },
  { a: container({ n: ["a", "b"] }), b: container({ n: ["ab"] }), equal: false, because: "elements are framed" },
  { a: container({ n: ["a", "b"] }), b: container({ n: ["b", "a"] }), equal: false, because: "order counts in a list" },
  {
    a: container({ a: 1, b: 2 }),
    b: container({ b: 2, a: 1 }),
    equal: true,
    because: "order does not count in an object",
  },
  { a: container({ a: null }), b: container({}), equal: true, because: "null says nothing" },
];

describe("fingerprintOf", () => {
  it("differs exactly where changesBetween sees a re-run, the name aside", () => {
    fc.assert(
      fc.property(fc.oneof(oneFlip, fc.record({ before: someInputs, after: someInputs })), ({ before, after }) => {
        const changes = changesBetween(before, after);
        const reruns = changes.some((change) => change.class === "rerun" && change.path[0] !== "name");
        assert.equal(fingerprintOf(before) !== fingerprintOf(after), reruns);
      }),
      { numRuns: 2000 },
    );
  });

  it("does not depend on the order in which properties were written", () => {
    fc.assert(
      fc.property(someInputs, (inputs) => {
        assert.equal(fingerprintOf(reversed(inputs)), fingerprintOf(inputs));
      }),
    );
  });

  for (const { a, b, equal, because } of pairs) {
    it(`${equal ? "is equal" : "differs"} for ${JSON.stringify(a)} and ${JSON.stringify(b)}: ${because}`, () => {
      assert.equal(fingerprintOf(aJob(a)) === fingerprintOf(aJob(b)), equal);
    });
  }

  it("stays what it is: another value would re-run every job that names its run by it", () => {
    assert.equal(fingerprintOf(aJob()), "6004fe1c4b556a50a99b9a22bbe352120f85dd795652ffa28d605a20b0f02b42");
  });

  it("refuses to hash what is not known", () => {
    assert.throws(() => fingerprintOf(aJob({ entrypoint: UNKNOWN })), /Internal error/);
  });
});

describe("fingerprinted", () => {
  it("holds what the job computes with and nothing else", () => {
    const inputs = aJob({ labels: { a: "b" }, suspend: true, timeoutSeconds: 5, rerunToken: "1" });
    const names = ["entrypoint", "namespace", "rayClusterSpec", "rerunToken"];
    assert.deepEqual(Object.keys(fingerprinted(inputs)).sort(), names);
  });
});

function reversed(map: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(map).reverse());
}
