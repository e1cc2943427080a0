import assert from "node:assert/strict";
import fc from "fast-check";
import { changesBetween } from "../../../provider/job/changes.ts";
import { patchOf } from "../../../provider/job/patch.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";
import { aJob, someInputs } from "./aJob.ts";

const rules = { deletionRules: [{ policy: "DeleteCluster" }] };

const patches: { before: PropertyMap; after: PropertyMap; patch: PropertyMap | undefined; because: string }[] = [
  { before: {}, after: {}, patch: undefined, because: "nothing has changed" },
  { before: {}, after: { suspend: false, backoffLimit: 0 }, patch: undefined, because: "defaults were written out" },
  { before: {}, after: { waitFor: "none" }, patch: undefined, because: "the cluster never hears of it" },
  { before: {}, after: { entrypoint: "x" }, patch: undefined, because: "that takes another run" },
  { before: {}, after: { suspend: true }, patch: { spec: { suspend: true } }, because: "only the change is sent" },
  { before: { suspend: true }, after: {}, patch: { spec: { suspend: null } }, because: "null takes a field away" },
  {
    before: { suspend: true },
    after: { suspend: false },
    patch: { spec: { suspend: false } },
    because: "what is said is sent",
  },
  {
    before: { ttlSecondsAfterFinished: 5 },
    after: {},
    patch: { spec: { ttlSecondsAfterFinished: 60 } },
    because: "our default comes back",
  },
  {
    before: {},
    after: { shutdownAfterJobFinishes: false },
    patch: { spec: { shutdownAfterJobFinishes: false, ttlSecondsAfterFinished: null } },
    because: "KubeRay refuses a TTL without a shutdown",
  },
  {
    before: {},
    after: { deletionStrategy: rules },
    patch: { spec: { shutdownAfterJobFinishes: null, ttlSecondsAfterFinished: null, deletionStrategy: rules } },
    because: "KubeRay refuses rules beside a shutdown",
  },
  {
    before: { deletionStrategy: rules },
    after: { deletionStrategy: { onSuccess: { policy: "DeleteSelf" } } },
    patch: { spec: { deletionStrategy: { deletionRules: null, onSuccess: { policy: "DeleteSelf" } } } },
    because: "what was inside and is no more is taken away",
  },
  {
    before: { labels: { a: "1", b: "1" } },
    after: { labels: { b: "2", c: "1" } },
    patch: { metadata: { labels: { a: null, b: "2", c: "1" } } },
    because: "labels are merged one by one",
  },
  {
    before: { labels: { a: "1" }, annotations: { n: "1" } },
    after: {},
    patch: { metadata: { labels: { a: null }, annotations: { n: null } } },
    because: "taking all of the user's away must leave ours",
  },
  {
    before: { submissionMode: "InteractiveMode" },
    after: { submissionMode: "InteractiveMode", jobId: "job-1" },
    patch: { spec: { jobId: "job-1" } },
    because: "KubeRay waits for it",
  },
];

describe("patchOf", () => {
  for (const { before, after, patch, because } of patches) {
    it(`is ${JSON.stringify(patch)} from ${JSON.stringify(before)} to ${JSON.stringify(after)}: ${because}`, () => {
      assert.deepEqual(patchOf(aJob(before), aJob(after)), patch);
    });
  }

  it("is there exactly when something changes in place", () => {
    fc.assert(
      fc.property(someInputs, someInputs, (before, after) => {
        // What a re-run brings about by itself is not patched.
        const kept: PropertyMap = {
          ...after,
          existingCluster: before.existingCluster,
          clusterSelector: before.clusterSelector,
        };
        const inPlace = changesBetween(before, kept).some((change) => change.class === "inPlace");
        assert.equal(patchOf(before, kept) !== undefined, inPlace);
      }),
    );
  });
});
