import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { kubeconfigFile } from "../support/cluster.ts";
import { newRig, type Program, type Rig } from "../support/rig.ts";
import { changesOf, errorOf } from "../support/run.ts";
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
      const { first, second } = await rig.values();
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
      assert.deepEqual(changesOf(run), ["RayJobCleanup first update", "RayJob first-b delete"]);
    });

    for (const namespace of ["another", "kuberay-system"]) {
      it(`refuse an operator beside the one that is there, in the namespace ${namespace}`, async () => {
        await rig.write(secondOperator(twoComponents, namespace));
        const run = await rig.preview();
        assert.equal(run.succeeded, false);
        assert.match(errorOf(run, "other"), /Deployment\/kuberay-system\/kuberay-operator.*install: false/);
      });
    }
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
      said: { jobs: { train: job }, bucket: { bucketName: "made" }, existingBucket: "there" },
      message: /existingBucket[\s\S]*Cannot take both/,
      because: "a bucket is made, or is there",
    },
    {
      said: { jobs: { train: job }, volumes: { data: { mountPath: "/data" } } },
      message: /volumes\.data\.size[\s\S]*without a size/,
      because: "a claim needs a size",
    },
    {
      said: { jobs: { train: { ...job, runtimeEnv: { workingDir: "./missing" } } } },
      message: /missing".*(no such|not found|does not exist|There is no)/i,
      because: "there is no such directory",
    },
    {
      said: { jobs: { train: { ...job, runtimeEnv: { workingDir: "./nothing" } } } },
      message: /nothing.*(empty|no file)/,
      because: "there is nothing in the directory",
    },
    {
      said: { jobs: { train: job }, operator: { ...kubeRayFromHere(), chart: { path: "./nowhere.tgz" } } },
      message: /nowhere\.tgz/,
      because: "there is no such chart",
    },
  ];
  for (const { said, message, because } of cases) {
    it(`is refused in the preview: ${because}`, async () => {
      await rig.write({ resources: { it: component({ operator: { install: false }, ...said }) } });
      const run = await rig.preview();
      assert.equal(run.succeeded, false);
      assert.match(run.text, message);
    });
  }
});

describe("a component with a provider of its own", () => {
  let rig: Rig;

  before(async () => {
    const kubeconfig = await readFile(kubeconfigFile(), "utf8");
    const properties = { namespace: "given", operator: { install: false }, volumes, jobs: { a: held } };
    const program = {
      resources: {
        cluster: { type: "pulumi:providers:kubernetes", properties: { kubeconfig: { "fn::secret": kubeconfig } } },
        it: { ...component(properties), options: { providers: ["${cluster}"] } },
      },
    };
    // Nothing else leads to the cluster.
    rig = await newRig(program, { ...objectStore, KUBECONFIG: "/nowhere" });
  });

  after(async () => {
    await rig.destroy();
    await rig.dispose();
  });

  it("makes all its children on that cluster, the jobs too, and shows nobody the way in", async () => {
    const run = await rig.up();
    assert(run.succeeded, run.text);
    assert.match(kubectl("get", "rayjobs", "-n", "given", "-o", "name"), /it-a-/);
    const { token } = JSON.parse(kubectl("config", "view", "--raw", "-o", "json")).users[0].user;
    assert(token, "the sandbox's kubeconfig has a token");
    for (const text of [run.text, await rig.stateText()]) assert.equal(text.includes(token), false);
    for (const look of ["preview", "refresh", "up"] as const) {
      const again = await rig[look]();
      assert(again.succeeded, again.text);
      assert.deepEqual(changesOf(again), [], `${look}: ${again.text}`);
    }
  });
});

describe("a claim that is to stay", () => {
  let rig: Rig;

  before(async () => {
    const kept = { data: { size: "1Gi", mountPath: "/data", retainOnDelete: true } };
    const properties = { namespace: "kept", operator: { install: false }, volumes: kept, jobs: {} };
    rig = await newRig({ resources: { it: component(properties) } }, objectStore);
  });

  after(async () => {
    await rig.destroy();
    await rig.dispose();
    kubectl("delete", "namespace", "kept");
  });

  it("stays when all else is destroyed, and its namespace with it", async () => {
    const run = await rig.up();
    assert(run.succeeded, run.text);
    const gone = await rig.destroy();
    assert(gone.succeeded, gone.text);
    assert.match(kubectl("get", "pvc", "-n", "kept", "-o", "name"), /it-data-/);
    assert.equal(kubectl("get", "namespace", "kept", "-o", "jsonpath={.status.phase}"), "Active");
  });
});

function withoutJob({ resources, ...program }: typeof twoComponents) {
  const { first } = resources;
  return {
    ...program,
    resources: { ...resources, first: { ...first, properties: { ...first.properties, jobs: { a: held } } } },
  };
}

function secondOperator({ resources, ...program }: typeof twoComponents, namespace: string) {
  const properties = { namespace, ...kubeRayFromHere() };
  const other = { type: "rayjob:KubeRayOperator", properties, options: { dependsOn: ["${first}"] } };
  return { ...program, resources: { ...resources, other } };
}
