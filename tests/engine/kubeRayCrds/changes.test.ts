import assert from "node:assert/strict";
import type { RayJob } from "../../../provider/job/rayJob.ts";
import { releasedCrds } from "../../support/crds.ts";
import type { Rig } from "../../support/rig.ts";
import { errorOf, opsOf, stepOf } from "../../support/run.ts";
import { aRayJob, driftOf, names151, names162, onApiServerOfItsOwn, programOf } from "./programs.ts";

describe("KubeRayCrds", () => {
  const onServer = onApiServerOfItsOwn();
  let rig: Rig;

  describe("that somebody has changed since", () => {
    beforeEach(async () => {
      rig = await onServer.newRig();
      assert((await rig.up()).succeeded);
    });

    it("are found changed by a refresh, which says by whom, and put right by the next deployment, in place", async () => {
      const before = await onServer.crds.read("rayjobs.ray.io");
      await onServer.crds.edit("rayjobs.ray.io", withoutColumns(before), "kubectl-edit");
      await rig.refresh();
      assert.equal(await driftOf(rig, "rayjobs.ray.io"), "changed by kubectl-edit");
      assert.deepEqual(stepOf(await rig.preview(), "crds").detailedDiff, { 'crds["rayjobs.ray.io"].drift': "delete" });
      const run = await rig.up();
      assert(run.succeeded, run.text);
      assert.deepEqual(opsOf(run), ["crds update"]);
      assert.deepEqual((await onServer.crds.read("rayjobs.ray.io")).spec, before.spec);
      assert.deepEqual(opsOf(await rig.preview()), ["crds same"]);
    });

    it("are no longer changed when whoever changed them has put them right", async () => {
      const { spec } = await onServer.crds.read("rayjobs.ray.io");
      await onServer.crds.edit(
        "rayjobs.ray.io",
        withoutColumns(await onServer.crds.read("rayjobs.ray.io")),
        "kubectl-edit",
      );
      await rig.refresh();
      await onServer.crds.edit("rayjobs.ray.io", { spec }, "kubectl-edit");
      await rig.refresh();
      assert.equal(await driftOf(rig, "rayjobs.ray.io"), undefined);
    });

    it("are created again where one was deleted", async () => {
      await onServer.crds.delete("rayservices.ray.io");
      await rig.refresh();
      assert.deepEqual(stepOf(await rig.preview(), "crds").detailedDiff, {
        'crds["rayservices.ray.io"].drift': "delete",
      });
      const run = await rig.up();
      assert(run.succeeded, run.text);
      assert.deepEqual(opsOf(run), ["crds update"]);
      assert.deepEqual(await onServer.crds.names(), names162);
    });

    it("are created again where all were deleted", async () => {
      await onServer.crds.deleteAll();
      await rig.refresh();
      assert.deepEqual(opsOf(await rig.up()), ["crds update"]);
      assert.deepEqual(await onServer.crds.names(), names162);
    });

    it("are not put back over fields that a newer KubeRay may have added, unless by force", async () => {
      const [first, ...others] = (await onServer.crds.read("rayjobs.ray.io")).spec.versions;
      const edited = structuredClone(first) as unknown as {
        schema: { openAPIV3Schema: { properties: { spec: Properties } } };
      };
      edited.schema.openAPIV3Schema.properties.spec.properties.shinyNewField = { type: "string" };
      await onServer.crds.edit("rayjobs.ray.io", { spec: { versions: [edited, ...others] } }, "kubectl-edit");
      await rig.refresh();
      assert.match(errorOf(await rig.up(), "crds"), /newer \(rayjobs\.ray\.io has spec\.shinyNewField\)/);
      await rig.write(programOf({ source: releasedCrds("1.6.2"), force: true }));
      const run = await rig.up();
      assert(run.succeeded, run.text);
      assert.equal(await driftOf(rig, "rayjobs.ray.io"), undefined);
    });

    it("change nothing on the cluster, and need no files, when only what is done with them changes", async () => {
      await rig.write(programOf({ source: "/nowhere", retainOnDelete: false }));
      assert.deepEqual(stepOf(await rig.preview(), "crds").detailedDiff, { retainOnDelete: "add", source: "update" });
      const run = await rig.up();
      assert(run.succeeded, run.text);
    });
  });

  describe("at another version", () => {
    beforeEach(() => onServer.crds.deleteAll());

    it("are updated in place, and a RayJob that is there stays what it is", async () => {
      rig = await onServer.newRig({ version: "1.5.1" });
      assert((await rig.up()).succeeded);
      assert.deepEqual(await onServer.crds.names(), names151);
      const path = "/apis/ray.io/v1/namespaces/default/rayjobs";
      const made = await onServer.server.send<RayJob>("POST", path, aRayJob);
      await rig.write(programOf({ version: "1.6.2", source: releasedCrds("1.6.2") }));
      assert.deepEqual(stepOf(await rig.preview(), "crds").detailedDiff, { source: "update", version: "update" });
      const run = await rig.up();
      assert(run.succeeded, run.text);
      assert.deepEqual(opsOf(run), ["crds update"]);
      assert.deepEqual(await onServer.crds.names(), names162);
      const kept = await onServer.server.send<RayJob>("GET", `${path}/train`);
      assert.deepEqual([kept.metadata.uid, kept.spec], [made.metadata.uid, made.spec]);
      assert.deepEqual(opsOf(await rig.preview()), ["crds same"]);
    });

    it("are refused in the preview when it is an older one, unless by force", async () => {
      rig = await onServer.newRig();
      assert((await rig.up()).succeeded);
      await rig.write(programOf({ version: "1.5.1", source: releasedCrds("1.5.1") }));
      const preview = await rig.preview();
      assert(!preview.succeeded);
      assert.match(preview.text, /Cannot go back from the CRDs of KubeRay 1\.6\.2 to 1\.5\.1/);
      await rig.write(programOf({ version: "1.5.1", source: releasedCrds("1.5.1"), force: true }));
      const run = await rig.up();
      assert(run.succeeded, run.text);
    });

    it("are refused in the preview when another stack has installed newer ones", async () => {
      rig = await onServer.newRig();
      assert((await rig.up()).succeeded);
      const other = await onServer.newRig({ version: "1.5.1" });
      const expected =
        /those on the cluster are newer \(.*rayjobs\.ray\.io is of KubeRay 1\.6\.2.*\), and an operator must not/;
      assert.match(errorOf(await other.preview(), "crds"), expected);
      assert.match(errorOf(await other.up(), "crds"), expected);
      assert.equal(
        (await onServer.crds.read("rayjobs.ray.io")).metadata.annotations?.["pulumi-rayjob/kuberay-version"],
        "1.6.2",
      );
    });
  });
});

interface Properties {
  readonly properties: Record<string, object>;
}

function withoutColumns({ spec }: { readonly spec: { readonly versions: readonly object[] } }): object {
  return { spec: { versions: spec.versions.map((version) => ({ ...version, additionalPrinterColumns: [] })) } };
}
