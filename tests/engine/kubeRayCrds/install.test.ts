import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acceptanceOf } from "../../../provider/crds/acceptance.ts";
import { releasedCrds } from "../../support/crds.ts";
import type { Rig } from "../../support/rig.ts";
import { errorOf, opsOf, outputsOf } from "../../support/run.ts";
import { names162, onApiServerOfItsOwn } from "./programs.ts";

describe("KubeRayCrds", () => {
  const onServer = onApiServerOfItsOwn();
  let rig: Rig;

  describe("on an empty cluster", () => {
    before(() => onServer.crds.deleteAll());

    it("are foretold by a preview that needs neither the cluster nor the files", async () => {
      rig = await onServer.newRig({ source: "/nowhere" }, {}, "/nowhere");
      const run = await rig.preview();
      assert(run.succeeded, run.text);
      assert.deepEqual(opsOf(run), ["crds create"]);
      const foretold = outputsOf(run, "crds");
      assert.equal(foretold.version, "1.6.2");
      assert.deepEqual(Object.keys(foretold.crds ?? {}).sort(), names162);
    });

    it("are installed and served, take kilobytes in the state, and then there is nothing to do", async () => {
      rig = await onServer.newRig();
      const run = await rig.up();
      assert(run.succeeded, run.text);
      for (const name of names162) assert.equal(acceptanceOf(await onServer.crds.read(name)).state, "served", name);
      assert.deepEqual(await onServer.crds.names(), names162);
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
      await onServer.crds.delete("rayjobs.ray.io");
      const files = await servingFiles(releasedCrds("1.6.2"));
      try {
        rig = await onServer.newRig({ source: files.url });
        const run = await rig.up();
        assert(run.succeeded, run.text);
        assert.deepEqual(await onServer.crds.names(), names162);
      } finally {
        files.server.close();
      }
    });
  });

  describe("with files that are not KubeRay's", () => {
    let folder: string;

    before(() => onServer.crds.deleteAll());

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "rayjob-crds-"));
      await cp(releasedCrds("1.6.2"), folder, { recursive: true });
    });

    afterEach(() => rm(folder, { recursive: true, force: true }));

    it("applies none of them when one byte is another, and names the file and both hashes", async () => {
      const file = join(folder, "ray.io_rayservices.yaml");
      await writeFile(file, `${await readFile(file, "utf8")}\n`);
      rig = await onServer.newRig({ source: folder });
      const run = await rig.up();
      assert(!run.succeeded);
      assert.match(
        errorOf(run, "crds"),
        new RegExp(`Cannot use ${file}: its SHA-256 is [0-9a-f]{64}, but .* 95c639acc20e`),
      );
      assert.deepEqual(await onServer.crds.names(), []);
      assert.equal((await rig.state()).has("crds"), false);
    });

    it("says which file is missing, by its whole path, and which are needed", async () => {
      await rm(join(folder, "ray.io_raycronjobs.yaml"));
      rig = await onServer.newRig({ source: folder });
      const run = await rig.up();
      assert(!run.succeeded);
      assert.match(errorOf(run, "crds"), new RegExp(`there is no file ${folder}/ray.io_raycronjobs.yaml`));
      assert.match(errorOf(run, "crds"), /ray\.io_rayclusters\.yaml, .* of KubeRay 1\.6\.2/);
      assert.deepEqual(await onServer.crds.names(), []);
    });

    it("says what a server answered instead of the files", async () => {
      const files = await servingFiles("/nowhere");
      try {
        rig = await onServer.newRig({ source: `${files.url}/` });
        assert.match(errorOf(await rig.up(), "crds"), /127\.0\.0\.1:\d+\/ray\.io_\w+\.yaml answered 404/);
      } finally {
        files.server.close();
      }
    });
  });

  describe("for somebody who may not do everything", () => {
    const roles = "/apis/rbac.authorization.k8s.io/v1";

    afterEach(async () => {
      await onServer.server.send("DELETE", `${roles}/clusterroles/limited`).catch(() => undefined);
      await onServer.server.send("DELETE", `${roles}/clusterrolebindings/limited`).catch(() => undefined);
    });

    it("say which permission is missing", async () => {
      await allow([readKubeSystem]);
      rig = await onServer.newRig({}, {}, onServer.server.limitedKubeconfig);
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
      const where = { operatorNamespace: "kuberay-system" };
      rig = await onServer.newRig(where, {}, onServer.server.limitedKubeconfig);
      const run = await rig.up();
      assert(run.succeeded, run.text);
      const warnings = run.diagnostics.filter(({ severity }) => severity === "warning").map(({ message }) => message);
      assert.match(warnings.join("\n"), /Cannot see whether another KubeRay operator serves this cluster: .*forbidden/);
      assert((await rig.refresh()).succeeded);
      assert((await rig.destroy()).succeeded);
    });

    async function allow(rules: readonly object[]): Promise<void> {
      const metadata = { name: "limited" };
      await onServer.server.send("POST", `${roles}/clusterroles`, { metadata, rules });
      await onServer.server.send("POST", `${roles}/clusterrolebindings`, {
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "limited" },
        subjects: [{ kind: "User", name: "limited" }],
      });
    }
  });

  it("refuses versions that it cannot verify and sources that it cannot read, in the preview", async () => {
    rig = await onServer.newRig({ source: "oci://somewhere/crds" });
    const run = await rig.preview();
    assert(!run.succeeded);
    assert.match(run.text, /neither a folder nor a plain base URL/);
  });
});

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

const readKubeSystem = { apiGroups: [""], resources: ["namespaces"], resourceNames: ["kube-system"], verbs: ["get"] };
