import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { TestNamespace } from "../../support/cluster.ts";
import { CommandLine } from "../../support/commandLine.ts";

const folder = resolve(import.meta.dirname, "../../../examples/shapes");

const cluster = ["rayClusterSpec"];
const head = [...cluster, "headGroupSpec", "template", "spec"];
const workers = [...cluster, "workerGroupSpecs", 0];

/** What each shape is about: a place in the spec that the API server makes of it, and what is there. */
const shapes: Readonly<Record<string, { readonly at: readonly (string | number)[]; readonly is: unknown }>> = {
  autoscaling: { at: [...cluster, "autoscalerOptions", "idleTimeoutSeconds"], is: 120 },
  "batch-inference": {
    at: [...workers, "template", "spec", "volumes", 0, "persistentVolumeClaim", "claimName"],
    is: "images",
  },
  "existing-cluster": { at: ["clusterSelector"], is: { "ray.io/cluster": "shared" } },
  "fault-tolerance": { at: [...cluster, "gcsFaultToleranceOptions", "redisAddress"], is: "redis:6379" },
  "gpu-head-only": { at: [...head, "containers", 0, "resources", "limits", "nvidia.com/gpu"], is: "1" },
  "heterogeneous-groups": { at: [...cluster, "workerGroupSpecs", 2, "groupName"], is: "large-gpus" },
  "http-submission": { at: ["submissionMode"], is: "HTTPMode" },
  interactive: { at: ["submissionMode"], is: "InteractiveMode" },
  "keep-failed-clusters": { at: ["deletionStrategy", "deletionRules", 1, "policy"], is: "DeleteWorkers" },
  "private-registry": { at: ["submitterPodTemplate", "spec", "imagePullSecrets"], is: [{ name: "registry" }] },
  "sidecar-submission": { at: ["submissionMode"], is: "SidecarMode" },
  "tpu-multi-host": { at: [...workers, "numOfHosts"], is: 4 },
};

describe("the shapes of jobs in the examples", () => {
  let namespace: TestNamespace;

  before(async () => {
    namespace = await TestNamespace.create("shapes");
  });

  after(() => namespace.dispose());

  it("are all here", () => {
    const files = readdirSync(folder).sort();
    assert.deepEqual(
      files,
      Object.keys(shapes).map((shape) => `${shape}.yaml`),
    );
    for (const file of files) assert.match(readFileSync(join(folder, file), "utf8"), /^# \w/, file);
  });

  for (const [shape, { at, is }] of Object.entries(shapes)) {
    it(`${shape}: what it renders to is taken by the API server as it is, and without a warning by us`, async () => {
      const file = join(folder, `${shape}.yaml`);
      const rendered = await new CommandLine(["render", file, "--namespace", namespace.name]).ended();
      assert.deepEqual([rendered.code, rendered.stderr], [0, ""]);
      const judged = await new CommandLine(["validate", "--strict", "-"], {}, rendered.stdout).ended();
      assert.deepEqual(judged, { code: 0, stdout: "", stderr: "1 RayJob: 0 errors, 0 warnings\n" });
      const { spec } = await namespace.dryRun(parse(rendered.stdout, { version: "1.1" }));
      assert.deepEqual(valueAt(spec, at), is, JSON.stringify(spec));
    });
  }
});

function valueAt(value: unknown, [name, ...rest]: readonly (string | number)[]): unknown {
  if (name === undefined) return value;
  return valueAt((value as Readonly<Record<string | number, unknown>> | undefined)?.[name], rest);
}
