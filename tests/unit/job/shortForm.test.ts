import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { changesBetween } from "../../../provider/job/changes.ts";
import { findingsOf } from "../../../provider/job/findings.ts";
import { fingerprintOf } from "../../../provider/job/fingerprint.ts";
import { specOf } from "../../../provider/job/manifest.ts";
import { rayJobNameOf } from "../../../provider/job/names.ts";
import { withClusterWritten } from "../../../provider/job/shortForm.ts";
import { rayJobKnowledge } from "../../../provider/schema/packageSchema.ts";
import { formatPath } from "../../../provider/values/path.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";
import { aJob } from "./aJob.ts";

const image = "rayproject/ray:2.52.0-py311";

describe("the short form of a cluster", () => {
  it("is written out as an expert would: see the golden file of `rayjob render`, too", () => {
    const amounts = { cpu: "8", memory: "64Gi", "nvidia.com/gpu": "2" };
    assert.deepEqual(written({ image, workers: { gpu: { cpu: 8, memory: "64Gi", gpu: 2, replicas: 3 } } }), {
      rayVersion: "2.52.0",
      headGroupSpec: nodes("ray-head", { cpu: "1", memory: "4Gi" }),
      workerGroupSpecs: [
        {
          groupName: "gpu",
          replicas: 3,
          minReplicas: 3,
          maxReplicas: 3,
          ...nodes("ray-worker", amounts),
          rayStartParams: { "num-gpus": "2" },
        },
      ],
    });
  });

  it("has groups in the order of their names, each fixed or scaled, with an image of its own", () => {
    const { enableInTreeAutoscaling, workerGroupSpecs } = written({
      image,
      workers: {
        small: { maxReplicas: 4 },
        gpu: { replicas: 2, image: "mine/ray" },
        large: { minReplicas: 1, maxReplicas: 2 },
      },
    });
    assert.equal(enableInTreeAutoscaling, true);
    const groups = (workerGroupSpecs as PropertyMap[]).map(({ groupName, replicas, minReplicas, maxReplicas }) => {
      return [groupName, replicas, minReplicas, maxReplicas];
    });
    assert.deepEqual(groups, [
      ["gpu", 2, 2, 2],
      ["large", 1, 1, 2],
      ["small", 0, 0, 4],
    ]);
    assert.match(JSON.stringify(workerGroupSpecs), /"image":"mine\/ray"/);
  });

  const versions: readonly (readonly [image: string, version: string | undefined])[] = [
    ["rayproject/ray:2.52.0", "2.52.0"],
    ["mirror.example.com/rayproject/ray-ml:2.9.0-gpu", "2.9.0"],
    ["rayproject/ray:latest", undefined],
    ["mine/ray-train:1.0.0", undefined],
  ];
  for (const [tagged, version] of versions) {
    it(`takes ${tagged} for Ray ${version ?? "of a version that is not known"}`, () => {
      assert.equal(written({ image: tagged }).rayVersion, version);
    });
  }

  it("means the same job as the spec that it is written out to", () => {
    const short = job({ image, head: { cpu: 2 }, workers: { gpu: { gpu: 1 } } });
    const long = withClusterWritten(short);
    assert.equal(fingerprintOf(short), fingerprintOf(long));
    assert.deepEqual(specOf(short), specOf(long));
    assert.deepEqual(changesBetween(short, long), []);
    assert.deepEqual(changesBetween(short, job({ image, head: { cpu: 3 }, workers: { gpu: { gpu: 1 } } })), [
      { path: ["head", "cpu"], kind: "update", class: "rerun" },
    ]);
  });

  it("takes what other arguments put into the pods", () => {
    const { rayClusterSpec } = specOf(job({ image, serviceAccountName: "ray" }));
    assert.match(JSON.stringify(rayClusterSpec), /"serviceAccountName":"ray"/);
  });

  const unknowns: readonly PropertyMap[] = [
    { image: UNKNOWN },
    { image, head: UNKNOWN },
    { image, head: { cpu: UNKNOWN } },
    { image, workers: UNKNOWN },
    { image, workers: { gpu: { gpu: UNKNOWN } } },
    { image, workers: { gpu: UNKNOWN, cpu: { replicas: 1 } } },
  ];
  for (const unknown of unknowns) {
    it(`leaves open what is not known yet: ${Object.keys(unknown).at(-1)}`, async () => {
      assert.equal(rayJobNameOf({ urn: "urn", name: "train" }, job(unknown)), UNKNOWN);
      assert.deepEqual(await findings(job(unknown)), []);
    });
  }

  const refused: readonly (readonly [said: PropertyMap, found: readonly string[]])[] = [
    [{ image, head: { cpu: 1 }, rayClusterSpec: aJob().rayClusterSpec }, ["image RJ311", "head RJ311"]],
    [{ head: { cpu: 1 } }, ["image RJ312"]],
    [{ image, workers: { gpu: { minReplicas: 1 } } }, ["workers.gpu.minReplicas RJ313"]],
    [{ image, workers: { a: {}, b: { minReplicas: 3, maxReplicas: 2 } } }, ["workers.b.minReplicas RJ307"]],
    [{ image, workers: { gpu: { replicas: -1 } } }, ["workers.gpu.replicas RJ308"]],
    [{ image, existingCluster: "shared" }, ["image RJ302"]],
    [{ image, head: { cpus: 1 } }, ["head.cpus RJ001"]],
    [{ image, workers: { replicas: 1 } }, ["workers.replicas RJ002"]],
    [{ image, workers: { gpu: { replicass: 1 } } }, ["workers.gpu.replicass RJ001"]],
    [{ image, workers: 3 }, ["workers RJ002"]],
    [{ image, workers: { gpu: {} }, head: {} }, []],
  ];
  for (const [said, found] of refused) {
    it(`is judged where it is written: ${JSON.stringify(said)}`, async () => {
      assert.deepEqual(await findings(job(said)), found);
    });
  }
});

describe("a worker group without a template", () => {
  const groups = (template: PropertyMap) => ({
    rayClusterSpec: {
      headGroupSpec: { template: { spec: { containers: [{ name: "ray-head", image }] } } },
      workerGroupSpecs: [{ groupName: "gpu", replicas: 1, ...template }],
    },
  });

  it("has the head's image, and is the same job as one that says so", async () => {
    const said = { template: { spec: { containers: [{ name: "ray-worker", image }] } } };
    assert.deepEqual(specOf(aJob(groups({}))).rayClusterSpec, groups(said).rayClusterSpec);
    assert.deepEqual(changesBetween(aJob(groups({})), aJob(groups(said))), []);
    assert.deepEqual(await findings(aJob(groups({}))), []);
  });

  it("need not have one in the schema either", () => {
    const schema = JSON.parse(readFileSync(fileURLToPath(import.meta.resolve("#schema.json")), "utf8"));
    assert.deepEqual(schema.types["rayjob:index:WorkerGroupSpec"].required, ["groupName"]);
  });
});

function job(said: PropertyMap): PropertyMap {
  return aJob({ rayClusterSpec: null, ...said });
}

function written(said: PropertyMap): PropertyMap {
  return withClusterWritten(said).rayClusterSpec as PropertyMap;
}

function nodes(name: string, amounts: PropertyMap): PropertyMap {
  const containers = [{ name, image, resources: { limits: amounts, requests: amounts } }];
  return { rayStartParams: {}, template: { spec: { containers } } };
}

async function findings(inputs: PropertyMap): Promise<string[]> {
  const knowledge = await rayJobKnowledge();
  return findingsOf(inputs, knowledge, []).map(({ path, code }) => `${formatPath(path)} ${code}`);
}
