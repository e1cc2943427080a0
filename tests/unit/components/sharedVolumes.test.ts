import assert from "node:assert/strict";
import { sharedVolumeWarnings, singlePodVolumes } from "../../../provider/components/sharedVolumes.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";

const mountPath = "/data";
const once = { mountPath, size: "1Gi" };
const many = { ...once, accessModes: ["ReadWriteMany"] };
const single = { ...once, accessModes: ["ReadWriteOncePod"] };

const cases: { data: PropertyMap; job: PropertyMap; says: "nothing" | "warning" | "error"; because: string }[] = [
  { data: once, job: clusterOf({ replicas: 2 }), says: "warning", because: "the head and two workers share it" },
  { data: once, job: clusterOf({ minReplicas: 1 }), says: "warning", because: "a worker there is always" },
  { data: once, job: clusterOf({ maxReplicas: 4 }, true), says: "warning", because: "workers may come" },
  { data: once, job: clusterOf({}, true), says: "warning", because: "workers may come without an end" },
  { data: once, job: clusterOf({ maxReplicas: 0 }, true), says: "nothing", because: "no worker may come" },
  { data: once, job: clusterOf({ maxReplicas: 4 }), says: "nothing", because: "nobody makes workers" },
  { data: once, job: clusterOf({ replicas: 0 }), says: "nothing", because: "there is a head alone" },
  { data: once, job: { rayClusterSpec: {} }, says: "nothing", because: "there is a head alone" },
  { data: once, job: clusterOf({ replicas: UNKNOWN }), says: "nothing", because: "it is not known" },
  { data: once, job: { rayClusterSpec: UNKNOWN }, says: "nothing", because: "it is not known" },
  { data: many, job: clusterOf({ replicas: 2 }), says: "nothing", because: "nodes can share it" },
  {
    data: { ...once, accessModes: ["ReadWriteOnce", "ReadWriteMany"] },
    job: clusterOf({ replicas: 2 }),
    says: "nothing",
    because: "nodes can share it",
  },
  { data: { ...once, accessModes: UNKNOWN }, job: clusterOf({ replicas: 2 }), says: "nothing", because: "not known" },
  {
    data: { mountPath, existingClaim: "a" },
    job: clusterOf({ replicas: 2 }),
    says: "nothing",
    because: "others made it",
  },
  {
    data: once,
    job: { existingCluster: "shared", ...clusterOf({ replicas: 2 }) },
    says: "nothing",
    because: "nothing is put into pods that are there",
  },
  { data: single, job: clusterOf({ replicas: 1 }), says: "error", because: "the worker would wait for ever" },
  { data: single, job: clusterOf({ replicas: 0 }), says: "nothing", because: "the head has it for itself" },
];

describe("volumes that several pods of a job see", () => {
  for (const { data, job, says, because } of cases) {
    it(`give ${says} with ${text(data)} and ${text(job)}: ${because}`, () => {
      const args = { volumes: { data }, jobs: { train: job } };
      assert.equal(sharedVolumeWarnings(args).length, says === "warning" ? 1 : 0);
      assert.deepEqual(
        singlePodVolumes(args).map(({ path }) => path),
        says === "error" ? [["volumes", "data", "accessModes"]] : [],
      );
    });
  }

  it("are named together with the jobs, and what to do", () => {
    const jobs = { train: clusterOf({ replicas: 1 }), eval: clusterOf({ replicas: 2 }), count: clusterOf({}) };
    assert.deepEqual(sharedVolumeWarnings({ volumes: { data: once }, jobs }), [
      'The volume "data" is ReadWriteOnce: its pods must be on one node, and the workers of "train" and "eval" stay pending where ' +
        "that has no room for them. For several nodes set its `accessModes` to ReadWriteMany, with a storage class that has it",
    ]);
  });
});

function clusterOf(group: PropertyMap, enableInTreeAutoscaling = false): PropertyMap {
  return { rayClusterSpec: { enableInTreeAutoscaling, workerGroupSpecs: [{ groupName: "small", ...group }] } };
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, each) => (each === UNKNOWN ? "unknown" : each));
}
