import assert from "node:assert/strict";
import { releasedCrds } from "../../support/crds.ts";
import type { Rig } from "../../support/rig.ts";
import { errorOf, opsOf } from "../../support/run.ts";
import { driftOf, names162, onApiServerOfItsOwn, programOf } from "./programs.ts";

describe("KubeRayCrds", () => {
  const onServer = onApiServerOfItsOwn();
  let rig: Rig;

  describe("that are there already", () => {
    beforeEach(() => onServer.crds.deleteAll());

    it("are taken over, and updated, when Helm has installed them once", async () => {
      await onServer.crds.create("1.5.1", "helm");
      rig = await onServer.newRig();
      const run = await rig.up();
      assert(run.succeeded, run.text);
      assert.deepEqual(await onServer.crds.names(), names162);
      assert.deepEqual(opsOf(await rig.preview()), ["crds same"]);
    });

    it("are refused, by name, when a controller goes on managing them, unless by force", async () => {
      await onServer.crds.create("1.5.1", "argocd-controller");
      rig = await onServer.newRig();
      assert.match(
        errorOf(await rig.up(), "crds"),
        /Cannot apply CustomResourceDefinition\/rayclusters\.ray\.io: "argocd-controller" manages it, too/,
      );
      await rig.write(programOf({ source: releasedCrds("1.6.2"), force: true }));
      const run = await rig.up();
      assert(run.succeeded, run.text);
    });

    it("are refused when they are newer, although nothing says so but their fields", async () => {
      await onServer.crds.create("1.6.2", "helm");
      await onServer.crds.delete("raycronjobs.ray.io");
      rig = await onServer.newRig({ version: "1.5.1" });
      assert.match(errorOf(await rig.up(), "crds"), /rayjobs\.ray\.io has .*spec\.preRunningDeadlineSeconds/);
    });

    it("need no import", async () => {
      await onServer.crds.create("1.6.2", "helm");
      rig = await onServer.newRig();
      const run = await rig.import([{ type: "rayjob:index:KubeRayCrds", name: "crds", id: "ray.io" }]);
      assert(!run.succeeded);
      assert.match(run.text, /Cannot import KubeRay's CRDs: there is no need to/);
    });
  });

  describe("whose names another CRD has", () => {
    before(() => onServer.crds.deleteAll());

    it("fail at once with the API server's reason, stay in the state, and are waited for again", async () => {
      await onServer.server.send("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", squatter);
      rig = await onServer.newRig();
      const run = await rig.up();
      assert(!run.succeeded);
      assert.match(errorOf(run, "crds"), /rayjobs\.ray\.io is not served: "RayJob\w*" is already in use/);
      assert.equal(await driftOf(rig, "rayjobs.ray.io"), "not served");
      await rig.refresh();
      assert.equal(await driftOf(rig, "rayjobs.ray.io"), "not served");
      await onServer.crds.delete("squatters.ray.io");
      const next = await rig.up();
      assert(next.succeeded, next.text);
      assert.deepEqual(opsOf(await rig.preview()), ["crds same"]);
    });
  });

  describe("beside another KubeRay operator", () => {
    const path = "/apis/apps/v1/namespaces/default/deployments";

    before(() => onServer.crds.deleteAll());

    afterEach(() => onServer.server.send("DELETE", `${path}/kuberay-operator`));

    it("are refused, in the preview too, when it serves the whole cluster; how to use it is said", async () => {
      await onServer.server.send("POST", path, anOperator({ "app.kubernetes.io/name": "kuberay-operator" }));
      rig = await onServer.newRig({ operatorNamespace: "kuberay-system" });
      for (const run of [await rig.preview(), await rig.up()]) {
        assert.match(
          errorOf(run, "crds"),
          /operator in the namespace "kuberay-system": Deployment\/default\/kuberay-operator .* `operator: { install: false }`/,
        );
      }
      assert.deepEqual(await onServer.crds.names(), []);
    });

    it("are refused likewise when KubeRay's kustomization has installed it", async () => {
      const labels = { "app.kubernetes.io/name": "kuberay", "app.kubernetes.io/component": "kuberay-operator" };
      await onServer.server.send("POST", path, anOperator(labels));
      rig = await onServer.newRig({ operatorNamespace: "kuberay-system" });
      assert.match(errorOf(await rig.up(), "crds"), /Deployment\/default\/kuberay-operator/);
    });

    it("are refused likewise when it is in the very namespace: somebody else has installed it", async () => {
      await onServer.server.send("POST", path, anOperator({ "app.kubernetes.io/name": "kuberay-operator" }));
      rig = await onServer.newRig({ operatorNamespace: "default" });
      assert.match(errorOf(await rig.preview(), "crds"), /Deployment\/default\/kuberay-operator/);
    });

    it("are kept when that is this installation's, or was before", async () => {
      rig = await onServer.newRig({ operatorNamespace: "default" });
      assert((await rig.up()).succeeded);
      await onServer.server.send("POST", path, anOperator({ "app.kubernetes.io/name": "kuberay-operator" }));
      await rig.write(programOf({ source: releasedCrds("1.6.2"), operatorNamespace: "elsewhere" }));
      const run = await rig.up();
      assert(run.succeeded, run.text);
    });

    it("are installed with a warning when that serves some namespaces only", async () => {
      const limits = ["--watch-namespace", "team-a,team-b"];
      await onServer.server.send("POST", path, anOperator({ "app.kubernetes.io/name": "kuberay-operator" }, limits));
      rig = await onServer.newRig({ operatorNamespace: "kuberay-system" });
      const run = await rig.up();
      assert(run.succeeded, run.text);
      const warnings = run.diagnostics.filter(({ severity }) => severity === "warning").map(({ message }) => message);
      assert.match(warnings.join("\n"), /for the namespaces team-a, team-b/);
    });
  });
});

const squatter = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "squatters.ray.io" },
  spec: {
    group: "ray.io",
    names: { kind: "RayJob", plural: "squatters" },
    scope: "Namespaced",
    versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
  },
};

function anOperator(labels: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const containers = [{ name: "operator", image: "operator", args }];
  return {
    metadata: { name: "kuberay-operator", labels },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
}
