import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { kubeRayFromHere } from "../platform/emptyCluster.ts";
import { Crds } from "../support/crds.ts";
import { EmptyApiServer } from "../support/emptyApiServer.ts";
import { ObjectStore } from "../support/objectStore.ts";
import type { Rig } from "../support/rig.ts";
import { changesOf } from "../support/run.ts";
import { GitHost } from "./gitHost.ts";
import { Project } from "./project.ts";
import { Repository } from "./repository.ts";

describe("pulumi package add", () => {
  let repository: Repository;
  let cluster: EmptyApiServer;
  let store: ObjectStore;

  before(async () => {
    repository = await Repository.withRelease();
    cluster = await EmptyApiServer.start();
    store = await ObjectStore.start();
    await store.createBucket("code");
  });

  after(async () => {
    await store?.dispose();
    await cluster?.dispose();
    await repository.dispose();
  });

  describe("with a git repository and a version", () => {
    let host: GitHost;
    let project: Project;
    let rig: Rig;

    before(async () => {
      host = await GitHost.start(repository.host);
      const blocked = { npm_config_ignore_scripts: "true" };
      project = await Project.create({ ...surroundings(), ...blocked, ...host.environment });
    });

    after(async () => {
      await rig.destroy();
      await project.dispose();
      host.dispose();
    });

    it("installs the tag of the release from there and from npm alone, and notes it in the project", async () => {
      const source = `git.test/acme/rayjob@${repository.version}`;
      await project.pulumi("package", "add", source);
      assert.deepEqual(await project.packages(), { rayjob: source });
      const registry = new URL(execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim());
      for (const asked of host.asked) assert(["git.test", registry.hostname].includes(asked), asked);
      assert(host.asked.has("git.test"));
    });

    it("gives a plug-in that foretells a component with all its children", async () => {
      rig = await project.rig(aComponent);
      const run = await rig.preview();
      assert(run.succeeded, run.text);
      const foretold = changesOf(run);
      for (const change of parts) assert(foretold.includes(`${change} create`), `${change} is not among ${foretold}`);
    });

    it("gives one that installs the CRDs which the release carries, and packages code on several threads", async () => {
      await mkdir(join(project.folder, "job"));
      for (const name of ["a", "b", "c"]) await writeFile(join(project.folder, "job", name), randomBytes(3_000_000));
      host.asked.clear();
      rig = await project.rig({
        resources: {
          crds: { type: "rayjob:KubeRayCrds", properties: { retainOnDelete: false } },
          code: { type: "rayjob:WorkingDir", properties: { path: "job", bucket: "code" } },
        },
      });
      const run = await rig.up();
      assert(run.succeeded, run.text);
      assert.equal((await new Crds(cluster).names()).length, 4);
      assert.equal((await store.keys("code")).length, 1);
      assert.deepEqual([...host.asked], ["git.test"]);
    });
  });

  describe("with the path of a checkout", () => {
    let project: Project;

    before(async () => {
      project = await Project.create(surroundings());
    });

    after(() => project.dispose());

    it("builds the plug-in from its sources", async () => {
      const checkout = await repository.clone("main");
      await project.pulumi("package", "add", checkout);
      assert.deepEqual(await project.packages(), { rayjob: checkout });
      const rig = await project.rig(aComponent);
      const run = await rig.preview();
      assert(run.succeeded, run.text);
      assert(changesOf(run).includes("RayJob training-train create"), run.text);
    });
  });

  function surroundings() {
    return {
      KUBECONFIG: cluster.kubeconfig,
      AWS_ENDPOINT_URL: store.endpoint,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "hush",
    };
  }
});

const aComponent = {
  resources: {
    code: { type: "rayjob:WorkingDirBucket" },
    training: {
      type: "rayjob:RayJobComponent",
      properties: {
        namespace: "ml",
        volumes: { output: { size: "5Gi", mountPath: "/output" } },
        operator: { chart: kubeRayFromHere().chart },
        jobs: { train: { entrypoint: "python train.py", image: "rayproject/ray:2.52.0" } },
      },
    },
  },
};

// Of this package, of `kubernetes` and of `aws`.
const parts = [
  "KubeRayCrds training",
  "Chart training",
  "PersistentVolumeClaim training-output",
  "Bucket code",
  "RayJob training-train",
];
