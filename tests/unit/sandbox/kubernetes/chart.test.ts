import assert from "node:assert/strict";
import { objectsOf } from "../../../sandbox/providers/kubernetes/chart/objects.ts";
import { commandLineOf } from "../../../sandbox/providers/kubernetes/chart/renderChart.ts";
import { wavesOf } from "../../../sandbox/providers/kubernetes/chart/waves.ts";

describe("a chart of the sandbox's kubernetes provider", () => {
  it("is rendered from standard input, so that no value is on a command line", () => {
    const args = { chart: "./c", release: "r", namespace: "n", values: { secret: "hunter2" }, skipCrds: true };
    const expected = ["template", "r", "./c", "--namespace", "n", "--values", "-", "--no-hooks", "--skip-crds"];
    assert.deepEqual(commandLineOf(args), expected);
    const more = commandLineOf({ ...args, repository: "https://example.com", version: "1.0.0", skipCrds: false });
    assert.equal(more.slice(7).join(" "), "--repo https://example.com --version 1.0.0 --no-hooks --include-crds");
  });

  it("gives its namespace to the objects that are to have one and do not", () => {
    const manifest = `
# Source: nothing but a comment
---
{ apiVersion: v1, kind: ServiceAccount, metadata: { name: a } }
---
{ apiVersion: v1, kind: ServiceAccount, metadata: { name: b, namespace: other } }
---
{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: c } }
`;
    const metadata = objectsOf(manifest, "n").map((object) => object.metadata);
    assert.deepEqual(metadata, [{ name: "a", namespace: "n" }, { name: "b", namespace: "other" }, { name: "c" }]);
  });

  it("is refused with all objects of unknown types at once", () => {
    const manifest = ["Job", "Pod"]
      .map((kind) => `{ apiVersion: v1, kind: ${kind}, metadata: { name: a } }`)
      .join("\n---\n");
    const message = "Cannot create Job a, Pod a: the sandbox's kubernetes provider has no such types";
    assert.throws(() => objectsOf(manifest, "n"), { message });
  });

  it("is made in an order in which nothing waits for what comes later", () => {
    const objects = ["Service", "Deployment", "Role", "Namespace", "ServiceAccount"].map((kind) => ({ kind }));
    const waves = wavesOf(objects).map((wave) => wave.map(({ kind }) => kind));
    assert.deepEqual(waves, [["Namespace"], ["Role", "ServiceAccount"], ["Service", "Deployment"]]);
    assert.deepEqual(wavesOf([{ kind: "Deployment" }]), [[{ kind: "Deployment" }]]);
  });
});
