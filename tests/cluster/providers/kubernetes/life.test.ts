import assert from "node:assert/strict";
import { errorOf, opsOf } from "../../../support/run.ts";
import { assertSteps, type StandIn, type StoredObject, standInForEach } from "../standIn.ts";
import { eachKind } from "./eachKind.ts";
import { claim, configMap, deployment } from "./resources.ts";

describe("the sandbox's kubernetes provider", () => {
  let standIn: StandIn;

  standInForEach((created) => {
    standIn = created;
  });

  it("creates each kind, has nothing more to do, finds nothing changed, and deletes all of it", async () => {
    const program = eachKind(standIn.namespace);
    await standIn.write(program);
    const names = Object.keys(program).sort();
    assertSteps(await standIn.rig.preview(), names, "create");
    assertSteps(await standIn.rig.up(), names, "create");
    const text = await standIn.rig.stateText();
    for (const plain of ["hunter2", Buffer.from("hunter2").toString("base64")]) assert(!text.includes(plain));
    assertSteps(await standIn.rig.preview(), names, "same");
    assertSteps(await standIn.rig.refresh(), names, "same");
    assertSteps(await standIn.rig.preview(), names, "same");
    const namespace = (await standIn.rig.state()).get("namespace")?.id;
    assert.match(String(namespace), /^namespace-[0-9a-f]{8}$/);
    assertSteps(await standIn.rig.destroy(), names, "delete");
    assert.equal(await standIn.find(`/api/v1/namespaces/${namespace}`), undefined);
  });

  it("gives the object as it is on the cluster", async () => {
    await standIn.write({ claim: claim(standIn, {}) });
    await standIn.up();
    const claims = await standIn.send<{ items: StoredObject[] }>("GET", standIn.pathOf("persistentvolumeclaims"));
    const { outputs, id } = (await standIn.rig.state()).get("claim") ?? {};
    assert.equal(id, `${standIn.namespace}/${claims.items[0]?.metadata.name}`);
    assert.partialDeepStrictEqual(outputs, {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: claims.items[0]?.metadata.name, uid: claims.items[0]?.metadata.uid },
      spec: { storageClassName: "standard", volumeMode: "Filesystem" },
      status: { phase: "Bound" },
    });
  });

  it("never adopts an object that exists, and says so in the preview", async () => {
    await standIn.send("POST", standIn.pathOf("configmaps"), { metadata: { name: "taken" } });
    await standIn.write({ map: configMap(standIn, { name: "taken" }) });
    for (const run of [await standIn.rig.preview(), await standIn.rig.up()]) {
      assert(!run.succeeded);
      assert.match(errorOf(run, "map"), /Cannot create ConfigMap\/standin-\w+\/taken: it exists already/);
    }
    assert.equal((await standIn.find(standIn.pathOf("configmaps", "taken")))?.data, undefined);
  });

  it("refuses a misspelled property in the preview, however deep it is", async () => {
    const container = { name: "pause", image: "sandbox.local/pause:1", comand: ["/pause"] };
    await standIn.write({ deployment: deployment(standIn, { container }) });
    const run = await standIn.rig.preview();
    assert(!run.succeeded);
    assert.match(errorOf(run, "deployment"), /unknown field "spec.template.spec.containers\[0\].comand"/);
  });

  it("refuses an annotation of Pulumi's that it does not know", async () => {
    await standIn.write({ map: configMap(standIn, { annotations: { "pulumi.com/waitFor": "condition=Ready" } }) });
    assert.match(errorOf(await standIn.rig.preview(), "map"), /does not know it, only pulumi.com\/autonamed/);
  });

  it("takes a kubeconfig and a default namespace from its configuration, and refuses a setting it does not know", async () => {
    const map = { type: "kubernetes:core/v1:ConfigMap", options: { provider: "${provider}" } };
    const provider = (properties: object) => ({ type: "pulumi:providers:kubernetes", properties });
    const kubeconfig = process.env.KUBECONFIG;
    await standIn.write({
      provider: provider({ kubeconfig, namespace: standIn.namespace, enableServerSideApply: true }),
      map,
    });
    await standIn.up();
    assert.match(String((await standIn.rig.state()).get("map")?.id), new RegExp(`^${standIn.namespace}/map-`));
    await standIn.write({
      provider: provider({ kubeconfig, namespace: standIn.namespace, renderYamlToDirectory: "a" }),
      map,
    });
    assert.match(
      (await standIn.rig.up()).text,
      /does not know the setting renderYamlToDirectory|renderYamlToDirectory does not exist/,
    );
  });

  it("imports an object that somebody else has made", async () => {
    const [name, data] = ["theirs", { a: "1" }];
    await standIn.send("POST", standIn.pathOf("configmaps"), { metadata: { name }, data });
    const id = `${standIn.namespace}/${name}`;
    const run = await standIn.rig.import([{ type: "kubernetes:core/v1:ConfigMap", name: "map", id }]);
    assert(run.succeeded, run.text);
    await standIn.write({ map: configMap(standIn, { name, data }) });
    assert.deepEqual(opsOf(await standIn.rig.preview()), ["map same"]);
  });
});
