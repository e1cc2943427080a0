import assert from "node:assert/strict";
import { ApiextensionsV1Api } from "@kubernetes/client-node";
import { changeOf } from "../../provider/job/changes.ts";
import { kubeConfig, type TestNamespace } from "../support/cluster.ts";
import type { Rig } from "../support/rig.ts";
import { stepOf } from "../support/run.ts";
import { stageForAll } from "../support/stage.ts";
import { jobProgram } from "./programs.ts";
import { succeededStatus } from "./statuses.ts";

const inPlace = { ttlSecondsAfterFinished: 7, backoffLimit: 2, labels: { team: "ml" } };
const ours = { timeoutSeconds: 600, logTailLines: 5, rerunFailed: false };
const again = { entrypoint: "python b.py", submissionMode: "HTTPMode", rerunToken: "2" };
const defaults = { suspend: false, shutdownAfterJobFinishes: true, preRunningDeadlineSeconds: 1800 };

describe("the engine's preview of a change", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForAll(
    "classes",
    (name) => jobProgram(name, { waitFor: "none" }),
    (stage) => {
      ({ namespace, rig } = stage);
    },
  );

  before(async () => {
    assert((await rig.up()).succeeded);
    const { metadata } = await namespace.until(() => true);
    await namespace.report(metadata.name, succeededStatus);
    await rig.refresh();
  });

  for (const [name, value] of Object.entries({ ...inPlace, ...ours })) {
    it(`of ${name} is an update`, async () => assert.equal(await opOf({ [name]: value }), "update"));
  }

  for (const [name, value] of Object.entries(again)) {
    it(`of ${name} is a replacement`, async () =>
      assert.match(await opOf({ [name]: value }), /^(replace|delete-replaced)$/));
  }

  it("that only writes defaults out is nothing", async () => {
    await rig.write(jobProgram(namespace.name, { waitFor: "none", ...defaults }));
    assert.deepEqual(
      (await rig.preview()).steps.map(({ op }) => op),
      ["same"],
    );
  });

  async function opOf(more: object): Promise<string> {
    await rig.write(jobProgram(namespace.name, { waitFor: "none", ...more }));
    return stepOf(await rig.preview(), "train").op;
  }
});

describe("KubeRay's CRD", () => {
  it("has no field of a RayJob's spec that is not an argument with a class", async () => {
    const { spec } = await kubeConfig()
      .makeApiClient(ApiextensionsV1Api)
      .readCustomResourceDefinition({ name: "rayjobs.ray.io" });
    const version = spec.versions.find(({ name }) => name === "v1");
    const fields = Object.keys(version?.schema?.openAPIV3Schema?.properties?.spec?.properties ?? {});
    assert(fields.length > 15);
    assert.deepEqual(
      fields.filter((name) => !Object.hasOwn(changeOf, name)),
      [],
    );
  });
});
