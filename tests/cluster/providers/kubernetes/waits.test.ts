import assert from "node:assert/strict";
import { errorOf, opsOf } from "../../../support/run.ts";
import { type StandIn, standInForEach } from "../standIn.ts";
import { claim, configMap, deployment, storageClass } from "./resources.ts";

describe("the sandbox's kubernetes provider", () => {
  let standIn: StandIn;

  standInForEach((created) => {
    standIn = created;
  });

  describe("waits", () => {
    it("for no claim of a class that binds when a pod comes", async () => {
      await storageClass(standIn, "when-used", "WaitForFirstConsumer");
      await standIn.write({ claim: claim(standIn, { class: "when-used" }) });
      await standIn.up();
      assert.partialDeepStrictEqual((await standIn.rig.state()).get("claim")?.outputs, {
        status: { phase: "Pending" },
      });
      assert.deepEqual(opsOf(await standIn.rig.refresh()), ["claim same"]);
      await standIn.send("DELETE", "/apis/storage.k8s.io/v1/storageclasses/when-used");
    });

    it("for any other claim, and says what the cluster says when it does not bind in time", async () => {
      await standIn.write({ claim: claim(standIn, { class: "no-such-class" }, { create: "3s" }) });
      const run = await standIn.rig.up();
      assert.match(
        errorOf(run, "claim"),
        /PersistentVolumeClaim\/\S+ is not bound: ProvisioningFailed: .*"no-such-class" not found\. Not done within 3 s/,
      );
      assert.equal((await standIn.rig.state()).get("claim")?.initErrors?.length, 1);
    });

    it("for a Deployment's pods, and says why there are none", async () => {
      const container = { name: "lost", image: "sandbox.local/nowhere:1" };
      await standIn.write({ deployment: deployment(standIn, { container }, { create: "8s" }) });
      const failure = errorOf(await standIn.rig.up(), "deployment");
      assert.match(failure, /has 0 of 1 pods available: pod \S+: cannot pull image "sandbox.local\/nowhere:1"/);
      await standIn.write({ deployment: deployment(standIn, {}, { update: "60s" }) });
      assert.deepEqual(opsOf(await standIn.up()), ["deployment update"]);
      assert.equal((await standIn.rig.state()).get("deployment")?.initErrors, undefined);
    });

    it("no longer than the Deployment's own deadline", async () => {
      const container = { name: "lost", image: "sandbox.local/nowhere:1" };
      await standIn.write({ deployment: deployment(standIn, { container, progressDeadlineSeconds: 2 }) });
      assert.match(errorOf(await standIn.rig.up(), "deployment"), /It will not become ready by itself/);
    });

    it("not at all when told", async () => {
      const container = { name: "lost", image: "sandbox.local/nowhere:1" };
      const annotations = { "pulumi.com/skipAwait": "true" };
      await standIn.write({ deployment: deployment(standIn, { container, annotations }) });
      await standIn.up();
    });

    it("for the end of what it deletes, and says which finalizer holds it", async () => {
      const held = { name: "held", finalizers: ["example.com/never"] };
      await standIn.write({ map: configMap(standIn, held, { delete: "2s" }) });
      await standIn.up();
      const run = await standIn.rig.destroy();
      await standIn.send("PATCH", standIn.pathOf("configmaps", "held"), { metadata: { finalizers: null } });
      assert.match(
        errorOf(run, "map"),
        /is being deleted: it has the finalizers example.com\/never\. Not done within 2 s/,
      );
    });
  });
});
