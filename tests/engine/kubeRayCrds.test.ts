import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acceptanceOf } from "../../provider/crds/acceptance.ts";
import type { RayJob } from "../../provider/job/rayJob.ts";
import { Crds, releasedCrds } from "../support/crds.ts";
import { EmptyApiServer } from "../support/emptyApiServer.ts";
import { errorOf, newRig, opsOf, outputsOf, type Program, type Rig, stepOf } from "../support/rig.ts";
import { until } from "../support/until.ts";

const names162 = ["rayclusters.ray.io", "raycronjobs.ray.io", "rayjobs.ray.io", "rayservices.ray.io"];
const names151 = ["rayclusters.ray.io", "rayjobs.ray.io", "rayservices.ray.io"];

describe("KubeRayCrds", () => {
  let server: EmptyApiServer;
  let crds: Crds;
  let rig: Rig;

  before(async () => {
    server = await EmptyApiServer.start();
    crds = new Crds(server);
  });

  afterEach(() => rig.dispose());

  after(() => server.dispose());

  describe("on an empty cluster", () => {
    before(() => crds.deleteAll());

    it("are foretold by a preview that needs neither the cluster nor the files", async () => {
      rig = await newRig(programOf({ source: "/nowhere" }), { KUBECONFIG: "/nowhere" });
      const run = await rig.preview();
      assert(run.succeeded, run.text);
      assert.deepEqual(opsOf(run), ["crds create"]);
      const foretold = outputsOf(run, "crds");
      assert.equal(foretold.version, "1.6.2");
      assert.deepEqual(Object.keys(foretold.crds ?? {}).sort(), names162);
    });

    it("are installed and served, take kilobytes in the state, and then there is nothing to do", async () => {
      rig = await rigWith();
      const run = await rig.up();
      assert(run.succeeded, run.text);
      for (const name of names162) assert.equal(acceptanceOf(await crds.read(name)).state, "served", name);
      assert.deepEqual(await crds.names(), names162);
      const stored = (await rig.state()).get("crds");
      const { length } = JSON.stringify([stored?.inputs, stored?.outputs]);
      assert(length < 2_000, `${length} bytes`);
      assert.deepEqual(opsOf(await rig.preview()), ["crds same"]);
      const refreshed = await rig.refresh();
      assert(refreshed.succeeded, refreshed.text);
      assert.deepEqual((await rig.state()).get("crds")?.outputs, stored?.outputs);
      assert.deepEqual(opsOf(await rig.up()), ["crds same"]);
    });

    it("come from a base URL, too", async () => {
      await crds.delete("rayjobs.ray.io");
      const files = await servingFiles(releasedCrds("1.6.2"));
      try {
        rig = await rigWith({ source: files.url });
        const run = await rig.up();
        assert(run.succeeded, run.text);
        assert.deepEqual(await crds.names(), names162);
      } finally {
        files.server.close();
      }
    });
  });

  describe("with files that are not KubeRay's", () => {
    let folder: string;

    before(() => crds.deleteAll());

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "rayjob-crds-"));
      await cp(releasedCrds("1.6.2"), folder, { recursive: true });
    });

    afterEach(() => rm(folder, { recursive: true, force: true }));

    it("applies none of them when one byte is another, and names the file and both hashes", async () => {
      const file = join(folder, "ray.io_rayservices.yaml");
      await writeFile(file, `${await readFile(file, "utf8")}\n`);
      rig = await rigWith({ source: folder });
      const run = await rig.up();
      assert(!run.succeeded);
      assert.match(
        errorOf(run, "crds"),
        new RegExp(`Cannot use ${file}: its SHA-256 is [0-9a-f]{64}, but .* 95c639acc20e`),
      );
      assert.deepEqual(await crds.names(), []);
      assert.equal((await rig.state()).has("crds"), false);
    });

    it("says which file is missing, by its whole path, and which are needed", async () => {
      await rm(join(folder, "ray.io_raycronjobs.yaml"));
      rig = await rigWith({ source: folder });
      const run = await rig.up();
      assert(!run.succeeded);
      assert.match(errorOf(run, "crds"), new RegExp(`there is no file ${folder}/ray.io_raycronjobs.yaml`));
      assert.match(errorOf(run, "crds"), /ray\.io_rayclusters\.yaml, .* of KubeRay 1\.6\.2/);
      assert.deepEqual(await crds.names(), []);
    });

    it("says what a server answered instead of the files", async () => {
      const files = await servingFiles("/nowhere");
      try {
        rig = await rigWith({ source: `${files.url}/` });
        assert.match(errorOf(await rig.up(), "crds"), /127\.0\.0\.1:\d+\/ray\.io_\w+\.yaml answered 404/);
      } finally {
        files.server.close();
      }
    });
  });

  describe("that somebody has changed since", () => {
    beforeEach(async () => {
      rig = await rigWith();
      assert((await rig.up()).succeeded);
    });

    it("are found changed by a refresh, which says by whom, and put right by the next deployment, in place", async () => {
      const before = await crds.read("rayjobs.ray.io");
      await crds.edit("rayjobs.ray.io", withoutColumns(before), "kubectl-edit");
      await rig.refresh();
      assert.equal(await drift("rayjobs.ray.io"), "changed by kubectl-edit");
      assert.deepEqual(stepOf(await rig.preview(), "crds").detailedDiff, { 'crds["rayjobs.ray.io"].drift': "delete" });
      const run = await rig.up();
      assert(run.succeeded, run.text);
      assert.deepEqual(opsOf(run), ["crds update"]);
      assert.deepEqual((await crds.read("rayjobs.ray.io")).spec, before.spec);
      assert.deepEqual(opsOf(await rig.preview()), ["crds same"]);
    });

    it("are no longer changed when whoever changed them has put them right", async () => {
      const { spec } = await crds.read("rayjobs.ray.io");
      await crds.edit("rayjobs.ray.io", withoutColumns(await crds.read("rayjobs.ray.io")), "kubectl-edit");
      await rig.refresh();
      await crds.edit("rayjobs.ray.io", { spec }, "kubectl-edit");
      await rig.refresh();
      assert.equal(await drift("rayjobs.ray.io"), undefined);
    });

    it("are created again where one was deleted", async () => {
      await crds.delete("rayservices.ray.io");
      await rig.refresh();
      assert.deepEqual(stepOf(await rig.preview(), "crds").detailedDiff, {
        'crds["rayservices.ray.io"].drift': "delete",
      });
      const run = await rig.up();
      assert(run.succeeded, run.text);
      assert.deepEqual(opsOf(run), ["crds update"]);
      assert.deepEqual(await crds.names(), names162);
    });

    it("are created again where all were deleted", async () => {
      await crds.deleteAll();
      await rig.refresh();
      assert.deepEqual(opsOf(await rig.up()), ["crds update"]);
      assert.deepEqual(await crds.names(), names162);
    });

    it("are not put back over fields that a newer KubeRay may have added, unless by force", async () => {
      const [first, ...others] = (await crds.read("rayjobs.ray.io")).spec.versions;
      const edited = structuredClone(first) as unknown as {
        schema: { openAPIV3Schema: { properties: { spec: Properties } } };
      };
      edited.schema.openAPIV3Schema.properties.spec.properties.shinyNewField = { type: "string" };
      await crds.edit("rayjobs.ray.io", { spec: { versions: [edited, ...others] } }, "kubectl-edit");
      await rig.refresh();
      assert.match(errorOf(await rig.up(), "crds"), /newer \(rayjobs\.ray\.io has spec\.shinyNewField\)/);
      await rig.write(programOf({ source: releasedCrds("1.6.2"), force: true }));
      const run = await rig.up();
      assert(run.succeeded, run.text);
      assert.equal(await drift("rayjobs.ray.io"), undefined);
    });

    it("change nothing on the cluster, and need no files, when only what is done with them changes", async () => {
      await rig.write(programOf({ source: "/nowhere", retainOnDelete: false }));
      assert.deepEqual(stepOf(await rig.preview(), "crds").detailedDiff, { retainOnDelete: "add", source: "update" });
      const run = await rig.up();
      assert(run.succeeded, run.text);
    });
  });

  describe("at another version", () => {
    beforeEach(() => crds.deleteAll());

    it("are updated in place, and a RayJob that is there stays what it is", async () => {
      rig = await rigWith({ version: "1.5.1" });
      assert((await rig.up()).succeeded);
      assert.deepEqual(await crds.names(), names151);
      const path = "/apis/ray.io/v1/namespaces/default/rayjobs";
      const made = await server.send<RayJob>("POST", path, aRayJob);
      await rig.write(programOf({ version: "1.6.2", source: releasedCrds("1.6.2") }));
      assert.deepEqual(stepOf(await rig.preview(), "crds").detailedDiff, { source: "update", version: "update" });
      const run = await rig.up();
      assert(run.succeeded, run.text);
      assert.deepEqual(opsOf(run), ["crds update"]);
      assert.deepEqual(await crds.names(), names162);
      const kept = await server.send<RayJob>("GET", `${path}/train`);
      assert.deepEqual([kept.metadata.uid, kept.spec], [made.metadata.uid, made.spec]);
      assert.deepEqual(opsOf(await rig.preview()), ["crds same"]);
    });

    it("are refused in the preview when it is an older one, unless by force", async () => {
      rig = await rigWith();
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
      rig = await rigWith();
      assert((await rig.up()).succeeded);
      const other = await rigWith({ version: "1.5.1" });
      try {
        const expected =
          /those on the cluster are newer \(.*rayjobs\.ray\.io is of KubeRay 1\.6\.2.*\), and an operator must not/;
        assert.match(errorOf(await other.preview(), "crds"), expected);
        assert.match(errorOf(await other.up(), "crds"), expected);
        assert.equal(
          (await crds.read("rayjobs.ray.io")).metadata.annotations?.["pulumi-rayjob/kuberay-version"],
          "1.6.2",
        );
      } finally {
        await other.dispose();
      }
    });
  });

  describe("that are there already", () => {
    beforeEach(() => crds.deleteAll());

    it("are taken over, and updated, when Helm has installed them once", async () => {
      await crds.create("1.5.1", "helm");
      rig = await rigWith();
      const run = await rig.up();
      assert(run.succeeded, run.text);
      assert.deepEqual(await crds.names(), names162);
      assert.deepEqual(opsOf(await rig.preview()), ["crds same"]);
    });

    it("are refused, by name, when a controller goes on managing them, unless by force", async () => {
      await crds.create("1.5.1", "argocd-controller");
      rig = await rigWith();
      assert.match(
        errorOf(await rig.up(), "crds"),
        /Cannot apply CustomResourceDefinition\/rayclusters\.ray\.io: "argocd-controller" manages it, too/,
      );
      await rig.write(programOf({ source: releasedCrds("1.6.2"), force: true }));
      const run = await rig.up();
      assert(run.succeeded, run.text);
    });

    it("are refused when they are newer, although nothing says so but their fields", async () => {
      await crds.create("1.6.2", "helm");
      await crds.delete("raycronjobs.ray.io");
      rig = await rigWith({ version: "1.5.1" });
      assert.match(errorOf(await rig.up(), "crds"), /rayjobs\.ray\.io has .*spec\.preRunningDeadlineSeconds/);
    });

    it("need no import", async () => {
      await crds.create("1.6.2", "helm");
      rig = await rigWith();
      const run = await rig.import([{ type: "rayjob:index:KubeRayCrds", name: "crds", id: "ray.io" }]);
      assert(!run.succeeded);
      assert.match(run.text, /Cannot import KubeRay's CRDs: there is no need to/);
    });
  });

  describe("whose names another CRD has", () => {
    before(() => crds.deleteAll());

    it("fail at once with the API server's reason, stay in the state, and are waited for again", async () => {
      await server.send("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", squatter);
      rig = await rigWith();
      const run = await rig.up();
      assert(!run.succeeded);
      assert.match(errorOf(run, "crds"), /rayjobs\.ray\.io is not served: "RayJob\w*" is already in use/);
      assert.equal(await drift("rayjobs.ray.io"), "not served");
      await rig.refresh();
      assert.equal(await drift("rayjobs.ray.io"), "not served");
      await crds.delete("squatters.ray.io");
      const next = await rig.up();
      assert(next.succeeded, next.text);
      assert.deepEqual(opsOf(await rig.preview()), ["crds same"]);
    });
  });

  describe("beside another KubeRay operator", () => {
    const path = "/apis/apps/v1/namespaces/default/deployments";

    before(() => crds.deleteAll());

    afterEach(() => server.send("DELETE", `${path}/kuberay-operator`));

    it("are refused, in the preview too, when it serves the whole cluster; how to use it is said", async () => {
      await server.send("POST", path, anOperator({ "app.kubernetes.io/name": "kuberay-operator" }));
      rig = await rigWith({ operatorNamespace: "kuberay-system" });
      for (const run of [await rig.preview(), await rig.up()]) {
        assert.match(
          errorOf(run, "crds"),
          /operator in the namespace "kuberay-system": Deployment\/default\/kuberay-operator .* `operator: { install: false }`/,
        );
      }
      assert.deepEqual(await crds.names(), []);
    });

    it("are refused likewise when KubeRay's kustomization has installed it", async () => {
      const labels = { "app.kubernetes.io/name": "kuberay", "app.kubernetes.io/component": "kuberay-operator" };
      await server.send("POST", path, anOperator(labels));
      rig = await rigWith({ operatorNamespace: "kuberay-system" });
      assert.match(errorOf(await rig.up(), "crds"), /Deployment\/default\/kuberay-operator/);
    });

    it("are refused likewise when it is in the very namespace: somebody else has installed it", async () => {
      await server.send("POST", path, anOperator({ "app.kubernetes.io/name": "kuberay-operator" }));
      rig = await rigWith({ operatorNamespace: "default" });
      assert.match(errorOf(await rig.preview(), "crds"), /Deployment\/default\/kuberay-operator/);
    });

    it("are kept when that is this installation's, or was before", async () => {
      rig = await rigWith({ operatorNamespace: "default" });
      assert((await rig.up()).succeeded);
      await server.send("POST", path, anOperator({ "app.kubernetes.io/name": "kuberay-operator" }));
      await rig.write(programOf({ source: releasedCrds("1.6.2"), operatorNamespace: "elsewhere" }));
      const run = await rig.up();
      assert(run.succeeded, run.text);
    });

    it("are installed with a warning when that serves some namespaces only", async () => {
      const limits = ["--watch-namespace", "team-a,team-b"];
      await server.send("POST", path, anOperator({ "app.kubernetes.io/name": "kuberay-operator" }, limits));
      rig = await rigWith({ operatorNamespace: "kuberay-system" });
      const run = await rig.up();
      assert(run.succeeded, run.text);
      const warnings = run.diagnostics.filter(({ severity }) => severity === "warning").map(({ message }) => message);
      assert.match(warnings.join("\n"), /for the namespaces team-a, team-b/);
    });
  });

  describe("for somebody who may not do everything", () => {
    const roles = "/apis/rbac.authorization.k8s.io/v1";

    afterEach(async () => {
      await server.send("DELETE", `${roles}/clusterroles/limited`).catch(() => undefined);
      await server.send("DELETE", `${roles}/clusterrolebindings/limited`).catch(() => undefined);
    });

    it("say which permission is missing", async () => {
      await allow([readKubeSystem]);
      rig = await newRig(programOf({ source: releasedCrds("1.6.2") }), { KUBECONFIG: server.limitedKubeconfig });
      assert.match(
        errorOf(await rig.up(), "crds"),
        /Cannot read CustomResourceDefinition\/\w+\.ray\.io: forbidden \(User "limited" cannot get resource "customresourcedefinitions"/,
      );
      assert.equal((await rig.state()).has("crds"), false);
    });

    it("need no more than to get and patch CRDs, and warn that other operators cannot be seen", async () => {
      const verbs = ["get", "patch", "create"];
      await allow([
        readKubeSystem,
        { apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs },
      ]);
      const program = programOf({ source: releasedCrds("1.6.2"), operatorNamespace: "kuberay-system" });
      rig = await newRig(program, { KUBECONFIG: server.limitedKubeconfig });
      const run = await rig.up();
      assert(run.succeeded, run.text);
      const warnings = run.diagnostics.filter(({ severity }) => severity === "warning").map(({ message }) => message);
      assert.match(warnings.join("\n"), /Cannot see whether another KubeRay operator serves this cluster: .*forbidden/);
      assert((await rig.refresh()).succeeded);
      assert((await rig.destroy()).succeeded);
    });

    async function allow(rules: readonly object[]): Promise<void> {
      const metadata = { name: "limited" };
      await server.send("POST", `${roles}/clusterroles`, { metadata, rules });
      await server.send("POST", `${roles}/clusterrolebindings`, {
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "limited" },
        subjects: [{ kind: "User", name: "limited" }],
      });
    }
  });

  describe("when they are destroyed", () => {
    it("stay on the cluster, and a line says so", async () => {
      rig = await rigWith();
      assert((await rig.up()).succeeded);
      const run = await rig.destroy();
      assert(run.succeeded, run.text);
      assert.match(
        run.diagnostics.map(({ message }) => message).join("\n"),
        /CRDs stay on the cluster: .*rayjobs\.ray\.io/,
      );
      assert.deepEqual(await crds.names(), names162);
    });

    it("go with `retainOnDelete: false`, and with them what is of their kinds", async () => {
      rig = await rigWith({ retainOnDelete: false });
      assert((await rig.up()).succeeded);
      await server.send("POST", "/apis/ray.io/v1/namespaces/default/rayjobs", aRayJob);
      const run = await rig.destroy();
      assert(run.succeeded, run.text);
      assert.match(run.progress.map(({ message }) => message).join("\n"), /deleting .*rayjobs\.ray\.io \(1 RayJob\)/);
      assert.deepEqual(await crds.names(), []);
    });

    it("say what holds up the deletion when it takes too long", async () => {
      const options = { customTimeouts: { delete: "8s" } };
      rig = await newRig(programOf({ source: releasedCrds("1.6.2"), retainOnDelete: false }, options), environment());
      assert((await rig.up()).succeeded);
      const path = "/apis/ray.io/v1/namespaces/default/rayjobs";
      await server.send("POST", path, {
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
      await server.send("PATCH", `${path}/train`, { metadata: { finalizers: null } }, { contentType });
      await until("the end of the CRDs", async () => (await crds.names()).length === 0);
      assert((await rig.destroy()).succeeded);
    });
  });

  it("refuses versions that it cannot verify and sources that it cannot read, in the preview", async () => {
    rig = await rigWith({ source: "oci://somewhere/crds" });
    const run = await rig.preview();
    assert(!run.succeeded);
    assert.match(run.text, /neither a folder nor a plain base URL/);
  });

  function rigWith(properties: { readonly version?: "1.5.1"; readonly [name: string]: unknown } = {}): Promise<Rig> {
    const source = releasedCrds(properties.version ?? "1.6.2");
    return newRig(programOf({ source, ...properties }), environment());
  }

  function environment() {
    return { KUBECONFIG: server.kubeconfig };
  }

  async function drift(name: string): Promise<string | undefined> {
    const stored = (await rig.state()).get("crds")?.outputs?.crds as Readonly<
      Record<string, { readonly drift?: string }>
    >;
    return stored[name]?.drift;
  }
});

interface Properties {
  readonly properties: Record<string, object>;
}

function programOf(properties: Readonly<Record<string, unknown>>, options?: object): Program {
  return { resources: { crds: { type: "rayjob:KubeRayCrds", properties, ...(options && { options }) } } };
}

function withoutColumns({ spec }: { readonly spec: { readonly versions: readonly object[] } }): object {
  return { spec: { versions: spec.versions.map((version) => ({ ...version, additionalPrinterColumns: [] })) } };
}

async function servingFiles(folder: string): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    readFile(join(folder, request.url ?? "")).then(
      (content) => response.end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as { readonly port: number }).port}` };
}

const aRayJob = {
  apiVersion: "ray.io/v1",
  kind: "RayJob",
  metadata: { name: "train" },
  spec: { entrypoint: "true", backoffLimit: 1 },
};

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

const readKubeSystem = { apiGroups: [""], resources: ["namespaces"], resourceNames: ["kube-system"], verbs: ["get"] };

function anOperator(labels: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const containers = [{ name: "operator", image: "operator", args }];
  return {
    metadata: { name: "kuberay-operator", labels },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
}
