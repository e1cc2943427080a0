import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { changesOf, newRig, type Program, type Rig } from "../support/rig.ts";
import { emptyCluster, kubectl, kubeRayFromHere, objectStore } from "./emptyCluster.ts";

const rayClusterSpec = {
  headGroupSpec: { template: { spec: { containers: [{ name: "ray-head", image: "rayproject/ray:2.9.0" }] } } },
};
const job = { entrypoint: "sleep 1", rayClusterSpec };
const held = { ...job, suspend: true, waitFor: "none" };
const volumes = { output: { size: "1Gi", mountPath: "/output" } };
const component = (properties: object) => ({ type: "rayjob:RayJobComponent", properties });

const empty: Program = { resources: {} };
const twoComponents = {
  resources: {
    first: component({ namespace: "shared", operator: kubeRayFromHere(), volumes, jobs: { a: held, b: held } }),
    second: {
      ...component({
        // Of the first one, so that the namespace is there.
        namespace: "${first.namespace}",
        createNamespace: false,
        operator: { install: false },
        volumes,
        jobs: { a: held },
      }),
      options: { dependsOn: ["${first}"] },
    },
  },
  outputs: { first: "${first.claimNames}", second: "${second.claimNames}" },
};

describe("components", () => {
  let rig: Rig;

  before(async () => {
    emptyCluster();
    rig = await newRig(empty, objectStore);
  });

  after(async () => {
    await rig.destroy();
    await rig.dispose();
  });

  describe("two in one stack", () => {
    it("share a namespace and an operator, and keep their claims apart", async () => {
      await rig.write(twoComponents);
      const run = await rig.up();
      assert(run.succeeded, run.text);
      const { first, second } = Object.fromEntries(
        Object.entries(await rig.outputs()).map(([name, { value }]) => [name, value]),
      );
      assert.notEqual(first.output, second.output);
      const claims = kubectl("get", "pvc", "-n", "shared", "-o", "name").trim().split("\n");
      assert.deepEqual(
        claims.sort(),
        [first.output, second.output].map((name) => `persistentvolumeclaim/${name}`).sort(),
      );
      const jobs = kubectl("get", "rayjobs", "-n", "shared", "-o", "jsonpath={.items[*].metadata.name}").split(" ");
      assert.equal(jobs.length, 3);
    });

    it("find nothing to do afterwards", async () => {
      for (const look of ["preview", "refresh", "up"] as const) {
        const run = await rig[look]();
        assert(run.succeeded, run.text);
        assert.deepEqual(changesOf(run), [], `${look}: ${run.text}`);
      }
    });

    it("lose a job that is taken out of the map, and nothing else", async () => {
      await rig.write(withoutJob(twoComponents));
      const run = await rig.up();
      assert(run.succeeded, run.text);
      assert.deepEqual(changesOf(run), ["RayJob first-b delete"]);
    });

    it("refuse an operator beside the one that is there", async () => {
      await rig.write(secondOperator(twoComponents));
      const run = await rig.preview();
      assert.equal(run.succeeded, false);
      assert.match(run.text, /kuberay-system\/kuberay-operator|kuberay-operator.*kuberay-system/);
      assert.match(run.text, /install: false/);
    });
  });
});

describe("a component whose arguments cannot be right", () => {
  let rig: Rig;

  before(async () => {
    rig = await newRig(empty, objectStore);
    await mkdir(join(rig.folder, "nothing"));
  });

  after(() => rig.dispose());

  const cases: { said: object; message: RegExp; because: string }[] = [
    {
      said: { jobs: { train: { ...job, entryPoint: "python a.py" } } },
      message: /jobs\.train\.entryPoint.*[\s\S]*Did you mean "entrypoint"/,
      because: "a name is misspelled",
    },
    {
      said: { jobs: { train: job }, volumes: { data: { mountPath: "/data" } } },
      message: /volumes\.data\.size[\s\S]*without a size/,
      because: "a claim needs a size",
    },
    {
      said: { jobs: { train: { ...job, runtimeEnv: { workingDir: "./missing" } } } },
      message: /missing/,
      because: "there is no such directory",
    },
    {
      said: { jobs: { train: { ...job, runtimeEnv: { workingDir: "./nothing" } } } },
      message: /nothing.*(empty|no file)/,
      because: "there is nothing in the directory",
    },
    {
      said: { jobs: { train: job }, operator: { version: "1.4.0" } },
      message: /1\.4\.0/,
      because: "the CRDs of that version are not known",
    },
  ];
  for (const { said, message, because } of cases) {
    it(`is refused in the preview: ${because}`, async () => {
      const properties = { operator: { install: false }, ...said };
      await rig.write({ resources: { it: { type: "rayjob:RayJobComponent", properties } } });
      const run = await rig.preview();
      assert.equal(run.succeeded, false);
      assert.match(run.text, message);
    });
  }
});

function withoutJob({ resources, ...program }: typeof twoComponents) {
  const { first } = resources;
  return {
    ...program,
    resources: { ...resources, first: { ...first, properties: { ...first.properties, jobs: { a: held } } } },
  };
}

function secondOperator({ resources, ...program }: typeof twoComponents) {
  const properties = { namespace: "another", ...kubeRayFromHere() };
  const other = { type: "rayjob:KubeRayOperator", properties, options: { dependsOn: ["${first}"] } };
  return { ...program, resources: { ...resources, other } };
}
