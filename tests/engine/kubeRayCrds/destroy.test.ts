import assert from "node:assert/strict";
import type { Rig } from "../../support/rig.ts";
import { errorOf } from "../../support/run.ts";
import { until } from "../../support/until.ts";
import { aRayJob, names162, onApiServerOfItsOwn } from "./programs.ts";

describe("KubeRayCrds", () => {
  const onServer = onApiServerOfItsOwn();
  let rig: Rig;

  describe("when they are destroyed", () => {
    it("stay on the cluster, and a line says so", async () => {
      rig = await onServer.newRig();
      assert((await rig.up()).succeeded);
      const run = await rig.destroy();
      assert(run.succeeded, run.text);
      assert.match(
        run.diagnostics.map(({ message }) => message).join("\n"),
        /CRDs stay on the cluster: .*rayjobs\.ray\.io/,
      );
      assert.deepEqual(await onServer.crds.names(), names162);
    });

    it("go with `retainOnDelete: false`, and with them what is of their kinds", async () => {
      rig = await onServer.newRig({ retainOnDelete: false });
      assert((await rig.up()).succeeded);
      await onServer.server.send("POST", "/apis/ray.io/v1/namespaces/default/rayjobs", aRayJob);
      const run = await rig.destroy();
      assert(run.succeeded, run.text);
      assert.match(run.progress.map(({ message }) => message).join("\n"), /deleting .*rayjobs\.ray\.io \(1 RayJob\)/);
      assert.deepEqual(await onServer.crds.names(), []);
    });

    it("say what holds up the deletion when it takes too long", async () => {
      const options = { customTimeouts: { delete: "8s" } };
      rig = await onServer.newRig({ retainOnDelete: false }, options);
      assert((await rig.up()).succeeded);
      const path = "/apis/ray.io/v1/namespaces/default/rayjobs";
      await onServer.server.send("POST", path, {
        ...aRayJob,
        metadata: { name: "train", finalizers: ["ray.io/rayjob-finalizer"] },
      });
      const run = await rig.destroy();
      assert(!run.succeeded);
      assert.match(
        errorOf(run, "crds"),
        /deletion of .*rayjobs\.ray\.io \(1 RayJob\).* has begun, .* need a running KubeRay operator/,
      );
      const contentType = "application/merge-patch+json";
      await onServer.server.send("PATCH", `${path}/train`, { metadata: { finalizers: null } }, { contentType });
      await until("the end of the CRDs", async () => (await onServer.crds.names()).length === 0);
      assert((await rig.destroy()).succeeded);
    });
  });
});
