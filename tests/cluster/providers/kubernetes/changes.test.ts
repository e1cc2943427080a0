import assert from "node:assert/strict";
import { errorOf, opsOf, stepOf } from "../../../support/run.ts";
import { type StandIn, type StoredObject, standInForEach } from "../standIn.ts";
import { binding, claim, configMap, deployment, storageClass } from "./resources.ts";

describe("the sandbox's kubernetes provider", () => {
  let standIn: StandIn;

  standInForEach((created) => {
    standIn = created;
  });

  describe("when an object has changed", () => {
    it("updates it in place, and removes what is no longer wanted", async () => {
      await standIn.write({ map: configMap(standIn, { labels: { kept: "a", dropped: "b" } }) });
      await standIn.up();
      await standIn.write({ map: configMap(standIn, { labels: { kept: "c" } }) });
      const diff = { "metadata.labels.dropped": "delete", "metadata.labels.kept": "update" };
      assert.deepEqual(stepOf(await standIn.rig.preview(), "map").detailedDiff, diff);
      assert.deepEqual(opsOf(await standIn.up()), ["map update"]);
      const { items } = await standIn.send<{ items: StoredObject[] }>("GET", standIn.pathOf("configmaps"));
      assert.deepEqual(items.at(-1)?.metadata.labels, { kept: "c" });
      assert.deepEqual(opsOf(await standIn.rig.preview()), ["map same"]);
    });

    it("replaces one of its own name before it deletes the old one", async () => {
      await standIn.write({ map: configMap(standIn, { data: { a: "1" } }) });
      await standIn.up();
      await standIn.write({ map: configMap(standIn, { data: { a: "2" } }) });
      assert.deepEqual(opsOf(await standIn.rig.preview()), createFirst("map"));
      assert.deepEqual(opsOf(await standIn.up()), createFirst("map"));
      assert.deepEqual(opsOf(await standIn.rig.preview()), ["map same"]);
    });

    it("replaces one of a given name after it has deleted the old one", async () => {
      await standIn.write({ map: configMap(standIn, { name: "given", data: { a: "1" } }) });
      await standIn.up();
      await standIn.write({ map: configMap(standIn, { name: "given", data: { a: "2" } }) });
      assert.deepEqual(opsOf(await standIn.rig.preview()), deleteFirst("map"));
      assert.deepEqual(opsOf(await standIn.up()), deleteFirst("map"));
      assert.deepEqual((await standIn.find(standIn.pathOf("configmaps", "given")))?.data, { a: "2" });
    });

    it("replaces what cannot be changed: a claim's class, a Deployment's selector, a binding's role", async () => {
      const before = {
        claim: claim(standIn, {}),
        deployment: deployment(standIn, { app: "a" }),
        binding: binding(standIn, "view"),
      };
      await standIn.write(before);
      await standIn.up();
      await storageClass(standIn, "slow", "WaitForFirstConsumer");
      const after = {
        claim: claim(standIn, { class: "slow" }),
        deployment: deployment(standIn, { app: "b" }),
        binding: binding(standIn, "edit"),
      };
      await standIn.write(after);
      const run = await standIn.up();
      await standIn.send("DELETE", "/apis/storage.k8s.io/v1/storageclasses/slow");
      for (const name of Object.keys(after)) assert(opsOf(run).includes(`${name} replace`), run.text);
    });

    it("does not take a field from somebody else, unless told", async () => {
      await standIn.write({ map: configMap(standIn, { name: "shared", labels: { team: "a" } }) });
      await standIn.up();
      const theirs = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "shared", labels: { team: "b" } } };
      const path = `${standIn.pathOf("configmaps", "shared")}?fieldManager=somebody&force=true`;
      await standIn.send("PATCH", path, theirs, "application/apply-patch+yaml");
      await standIn.write({ map: configMap(standIn, { name: "shared", labels: { team: "c" } }) });
      assert.match(errorOf(await standIn.rig.up(), "map"), /conflict with "somebody".*\.metadata\.labels\.team/s);
      const annotations = { "pulumi.com/patchForce": "true" };
      await standIn.write({ map: configMap(standIn, { name: "shared", labels: { team: "c" }, annotations }) });
      await standIn.up();
      assert.equal((await standIn.find(standIn.pathOf("configmaps", "shared")))?.metadata.labels?.team, "c");
    });

    it("sees by a refresh what somebody else has done, and puts it right", async () => {
      await standIn.write({
        map: configMap(standIn, { name: "edited", data: { a: "1" } }),
        gone: configMap(standIn, { name: "gone" }),
      });
      await standIn.up();
      await standIn.send("PATCH", standIn.pathOf("configmaps", "edited"), { data: { a: "2", other: "3" } });
      await standIn.send("DELETE", standIn.pathOf("configmaps", "gone"));
      assert.deepEqual(opsOf(await standIn.rig.refresh()).sort(), ["gone delete", "map update"]);
      const run = await standIn.rig.preview();
      assert.deepEqual(stepOf(run, "map").detailedDiff, { "data.a": "update-replace" });
      assert(opsOf(run).includes("gone create"));
    });
  });
});

const createFirst = (name: string) => [`${name} create-replacement`, `${name} replace`, `${name} delete-replaced`];
const deleteFirst = (name: string) => [`${name} delete-replaced`, `${name} replace`, `${name} create-replacement`];
