import assert from "node:assert/strict";
import type { RayJobStatus } from "../../../provider/job/rayJob.ts";
import { remainsOf } from "../../../provider/job/remains.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";

const refused: RayJobStatus = { jobDeploymentStatus: "ValidationFailed" };
const begun: RayJobStatus = { ...refused, rayClusterName: "train-abc" };
const away = "KubeRay never deletes it: `pulumi destroy` does, or `kubectl -n ml delete rayjob train`";
const runsOn = `Its cluster train-abc runs on, and ${away}`;
const mayRunOn = `Its cluster train-abc may run on, and ${away}`;
const attached = { clusterSelector: { "ray.io/cluster": "shared" } };
// As KubeRay writes it before there is a cluster.
const noCluster = { desiredCPU: "0", desiredGPU: "0", desiredMemory: "0", desiredTPU: "0", head: {} };

const cases: { spec?: PropertyMap; status?: RayJobStatus; says: string | undefined; because: string }[] = [
  { says: undefined, because: "the operator has not looked at it" },
  { status: refused, says: undefined, because: "what is refused from the start never gets a cluster" },
  { status: { ...begun, jobStatus: "RUNNING" }, says: runsOn, because: "Ray ran it" },
  { status: { ...begun, dashboardURL: "train-abc:8265" }, says: runsOn, because: "the cluster was up" },
  {
    status: { ...begun, rayClusterStatus: { ...noCluster, lastUpdateTime: "2026-01-01T00:00:00Z" } },
    says: runsOn,
    because: "the cluster was coming up, and holds what it had got",
  },
  { status: { ...begun, rayClusterStatus: noCluster }, says: mayRunOn, because: "it was about to get a cluster" },
  {
    status: { ...begun, jobStatus: "SUCCEEDED", endTime: "2026-01-01T00:00:00Z" },
    says: mayRunOn,
    because: "a TTL may have taken the cluster of one that had ended",
  },
  {
    status: { ...begun, jobDeploymentStatus: "Failed", jobStatus: "FAILED" },
    says: undefined,
    because: "there KubeRay obeys its TTL",
  },
  {
    spec: attached,
    status: { ...refused, rayClusterName: "shared", jobStatus: "RUNNING" },
    says:
      "It may run on, on the cluster shared, and KubeRay never stops it: `pulumi destroy` does, " +
      "or `kubectl -n ml delete rayjob train`",
    because: "the cluster is another's",
  },
  {
    spec: { existingCluster: "shared" },
    status: { ...refused, rayClusterName: "shared", jobStatus: "FAILED" },
    says: undefined,
    because: "the cluster is another's, and the job is over",
  },
];

describe("remainsOf", () => {
  for (const { spec = {}, status, says, because } of cases) {
    it(`says ${says ?? "nothing"}, because ${because}`, () => {
      const metadata = { namespace: "ml", name: "train" };
      assert.equal(remainsOf({ metadata, spec, ...(status && { status }) }), says);
    });
  }
});
