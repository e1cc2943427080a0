import assert from "node:assert/strict";
import { withClusterWritten } from "../../provider/job/shortForm.ts";
import type { TestNamespace } from "../support/cluster.ts";
import type { Rig } from "../support/rig.ts";
import { opsOf } from "../support/run.ts";
import { stageForAll } from "../support/stage.ts";
import { jobProgram } from "./programs.ts";

const image = "rayproject/ray:2.9.0";
const head = { cpu: 2, memory: "8Gi" };
const trainers = { replicas: 2, cpu: "500m", gpu: 1 };

describe("a cluster in short", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForAll(
    "short",
    (name) => programOf(name, { image, head, workers: { trainers, loaders: { maxReplicas: 2 } } }),
    (stage) => {
      ({ namespace, rig } = stage);
    },
  );

  it("is taken by the API server as it is written out", async () => {
    const run = await rig.up();
    assert(run.succeeded, run.text);
    const { spec } = await namespace.until(() => true);
    const groups = (spec.rayClusterSpec as { workerGroupSpecs: { groupName: string; maxReplicas: number }[] })
      .workerGroupSpecs;
    assert.deepEqual(
      groups.map(({ groupName, maxReplicas }) => [groupName, maxReplicas]),
      [
        ["loaders", 2],
        ["trainers", 2],
      ],
    );
    await rig.write(programOf(namespace.name, { image, head, workers: { trainers } }));
    assert((await rig.up()).succeeded);
  });

  it("is the same job as the spec that it is written out to", async () => {
    await rig.write(programOf(namespace.name, withClusterWritten({ image, head, workers: { trainers } })));
    const preview = await rig.preview();
    assert.deepEqual(opsOf(preview), ["train same"], preview.text);
  });
});

function programOf(namespace: string, cluster: object) {
  return jobProgram(namespace, { waitFor: "none", rayClusterSpec: undefined, ...cluster });
}
