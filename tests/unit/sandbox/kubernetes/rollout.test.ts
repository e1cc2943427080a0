import assert from "node:assert/strict";
import type { PropertyMap } from "../../../../provider/values/value.ts";
import { rolloutOf } from "../../../sandbox/providers/kubernetes/readiness/deployment.ts";

const available = { type: "Available", status: "True" };
const complete = { type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" };

describe("rolloutOf", () => {
  it("is ready when the newest pods are available", () => {
    assert.deepEqual(rolloutOf(deployment({ conditions: [available, complete] })), { ready: true });
  });

  const waits = [
    { status: {}, because: "nobody has looked at it yet" },
    {
      status: { observedGeneration: 1, conditions: [available, complete] },
      because: "what is ready is what was there before the change",
    },
    {
      status: { conditions: [available, { ...complete, reason: "ReplicaSetUpdated" }] },
      because: "the pods that are available are old ones",
    },
    { status: { conditions: [{ ...available, status: "False" }, complete] }, because: "too few pods are available" },
  ];
  for (const { status, because } of waits) {
    it(`waits: ${because}`, () => {
      assert.deepEqual(rolloutOf(deployment(status)), { ready: false, waiting: "has 0 of 2 pods available" });
    });
  }

  it("is hopeless when the controller has given up", () => {
    const conditions = [{ type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded" }];
    const rollout = rolloutOf(deployment({ conditions, availableReplicas: 1 }));
    assert.deepEqual(rollout, { ready: false, waiting: "has 1 of 2 pods available", hopeless: true });
  });
});

function deployment(status: PropertyMap): PropertyMap {
  const observedGeneration = Object.keys(status).length > 0 ? 2 : undefined;
  return { metadata: { generation: 2 }, spec: { replicas: 2 }, status: { observedGeneration, ...status } };
}
