import assert from "node:assert/strict";
import { type Deletion, prospectOf, unfinishedDeletionOf, usualLimits } from "../../../provider/job/deletion.ts";
import type { RayJob } from "../../../provider/job/rayJob.ts";

const idle = { seconds: 40, idleSeconds: 40 };

const cases: { deletion: Deletion; prospect: string; because: string }[] = [
  { deletion: { ...idle, operator: "none" }, prospect: "hopeless", because: "nobody is there to finish it" },
  {
    deletion: { seconds: 29, idleSeconds: 29, operator: "none" },
    prospect: "waiting",
    because: "an operator may be on its way",
  },
  {
    deletion: { seconds: 40, idleSeconds: 4, operator: "none" },
    prospect: "waiting",
    because: "somebody works on it, whatever it is called",
  },
  { deletion: { ...idle, operator: "notReady" }, prospect: "waiting", because: "it may be starting anew" },
  {
    deletion: { seconds: 120, idleSeconds: 90, operator: "notReady" },
    prospect: "hopeless",
    because: "no start takes so long",
  },
  { deletion: { ...idle, operator: "hidden" }, prospect: "doubtful", because: "nobody can know" },
  {
    deletion: { seconds: 500, idleSeconds: 500, operator: "ready" },
    prospect: "waiting",
    because: "it may have much to do",
  },
];

describe("prospectOf", () => {
  for (const { deletion, prospect, because } of cases) {
    it(`says ${prospect} of ${JSON.stringify(deletion)}: ${because}`, () => {
      assert.equal(prospectOf(deletion, usualLimits), prospect);
    });
  }

  it("gives up within a minute where there is no operator", () => {
    assert(usualLimits.withoutOperator + usualLimits.idle < 60);
  });
});

describe("unfinishedDeletionOf", () => {
  it("names the finalizer, the way back and the way out", () => {
    assert.equal(
      unfinishedDeletionOf(rayJobWith({}), "RayJob/ml/train", "none"),
      `RayJob/ml/train is being deleted, but its finalizer ray.io/rayjob-finalizer stays: the KubeRay operator has to remove it, and none is there: the cluster has no Deployment that is labelled as one and serves this namespace
Bring the operator back, and the deletion ends by itself; then run the same command again. Without an operator, remove the finalizer yourself:
  kubectl -n ml patch rayjob train --type=merge -p '{"metadata":{"finalizers":null}}'
Nobody looks after its RayCluster and pods then. Kubernetes deletes them with the RayJob; what it has left goes with:
  kubectl -n ml delete rayclusters,jobs -l ray.io/originated-from-cr-name=train`,
    );
  });

  it("tells how to stop the job on a cluster that stays", () => {
    const text = unfinishedDeletionOf(rayJobWith({ clusterSelector: { "ray.io/cluster": "shared" } }), "it", "none");
    const stop = "kubectl -n ml exec svc/shared-head-svc -- ray job stop --address http://127.0.0.1:8265 train-abc";
    assert(text.endsWith(`Nobody has stopped the Ray job on its cluster then. This does:\n  ${stop}`), text);
  });

  it("does not claim what it cannot see", () => {
    assert.match(unfinishedDeletionOf(rayJobWith({}), "it", "hidden"), /whether one is there is hidden from these/);
  });
});

function rayJobWith(spec: RayJob["spec"]): RayJob {
  const metadata = { name: "train", namespace: "ml", uid: "1", resourceVersion: "1", creationTimestamp: "" };
  return { apiVersion: "ray.io/v1", kind: "RayJob", metadata, spec, status: { jobId: "train-abc" } };
}
