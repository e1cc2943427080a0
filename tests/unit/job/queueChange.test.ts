import assert from "node:assert/strict";
import { withoutQueueChange } from "../../../provider/job/queueChange.ts";
import type { RayJob } from "../../../provider/job/rayJob.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";

const queue = "kueue.x-k8s.io/queue-name";
const other = { metadata: { labels: { [queue]: "b" } } };

const cases: { because: string; live: RayJob; patch: PropertyMap; sent: PropertyMap | undefined; staysIn?: string }[] =
  [
    { because: "it is in no queue", live: aRayJob({}), patch: other, sent: other },
    { because: "Kueue still holds it back", live: aRayJob({ [queue]: "a" }, true), patch: other, sent: other },
    {
      because: "it runs, and nothing else changes",
      live: aRayJob({ [queue]: "a" }),
      patch: other,
      sent: undefined,
      staysIn: "a",
    },
    {
      because: "it runs, and more changes",
      live: aRayJob({ [queue]: "a" }),
      patch: {
        metadata: { labels: { [queue]: null, team: "ml" }, annotations: { a: "b" } },
        spec: { backoffLimit: 1 },
      },
      sent: { metadata: { labels: { team: "ml" }, annotations: { a: "b" } }, spec: { backoffLimit: 1 } },
      staysIn: "a",
    },
    {
      because: "its queue is not what changes",
      live: aRayJob({ [queue]: "a" }),
      patch: { metadata: { labels: { team: "ml" } } },
      sent: { metadata: { labels: { team: "ml" } } },
    },
  ];

describe("withoutQueueChange", () => {
  for (const { because, live, patch, sent, staysIn } of cases) {
    it(`sends ${sent === undefined ? "nothing" : JSON.stringify(sent)} of a patch where ${because}`, () => {
      assert.deepEqual(withoutQueueChange(patch, live), { patch: sent, staysIn });
    });
  }
});

function aRayJob(labels: Record<string, string>, suspend?: boolean): RayJob {
  const metadata = { name: "train", namespace: "ml", uid: "1", resourceVersion: "1", labels };
  return { metadata, spec: suspend === undefined ? {} : { suspend } } as unknown as RayJob;
}
