import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { kubeConfig, type TestNamespace } from "../support/cluster.ts";
import { newRig, type Rig } from "../support/rig.ts";
import { opsOf, stepOf } from "../support/run.ts";
import { jobProgram, jobProperties } from "./programs.ts";
import { runningStatus, succeededStatus } from "./statuses.ts";
import { submittedJobForEach } from "./submitted.ts";

describe("a refresh", () => {
  let namespace: TestNamespace;
  let rig: Rig;
  let name: string;

  submittedJobForEach("drift", (stage, submitted) => {
    ({ namespace, rig } = stage);
    name = submitted;
  });

  beforeEach(async () => {
    await namespace.report(name, runningStatus);
    await rig.refresh();
  });

  it("names a job that somebody has stopped, and the next deployment runs it again", async () => {
    await namespace.report(name, { ...succeededStatus, jobStatus: "STOPPED" });
    const refresh = await rig.refresh();
    assert.match(refresh.text, /was stopped: Stopped: the Ray job was stopped before it had finished/);
    const preview = await rig.preview();
    assert.deepEqual(stepOf(preview, "train").detailedDiff, { jobStatus: "delete-replace" });
    assert(preview.diagnostics.some(({ message }) => message === "train runs again: it was stopped"));
  });

  it("names what somebody has edited: as a change what KubeRay obeys, in words what it does not", async () => {
    await namespace.edit(name, { spec: { backoffLimit: 5, entrypoint: "python edited.py" } });
    const refresh = await rig.refresh();
    assert.deepEqual(stepOf(refresh, "train").detailedDiff, { backoffLimit: "add" });
    const warnings = refresh.diagnostics.filter(({ severity }) => severity === "warning");
    assert.deepEqual(
      warnings.map(({ message }) => message),
      [
        `Somebody has edited "entrypoint" of RayJob/${namespace.name}/${name} on the cluster. The attempt that runs goes on ` +
          "without it, but a retry or a resumption would take it up",
      ],
    );
  });

  it("finds nothing to do in a state that another version of this package has written", async () => {
    const stored = await rig.stack.exportStack();
    for (const resource of stored.deployment.resources) {
      if (resource.type !== "rayjob:index:RayJob") continue;
      resource.inputs.ofAnotherVersion = { some: "thing" };
      resource.outputs.ofAnotherVersion = { some: "thing" };
      for (const output of ["clusterUid", "portForwardCommand", "logsCommand", "startTime"])
        delete resource.outputs[output];
    }
    await rig.stack.importStack(stored);
    const { uid } = (await namespace.rayJob(name)).metadata;
    assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
    assert((await rig.refresh()).succeeded);
    assert((await rig.state()).get("train")?.outputs?.clusterUid);
    assert.deepEqual(opsOf(await rig.up()), ["train same"]);
    assert.equal((await namespace.rayJob(name)).metadata.uid, uid);
  });

  const refusals = [
    {
      what: "may not be read",
      kubeconfig: () => namespace.kubeconfigOf("nobody", [], { knowsCluster: true }),
      says: /Cannot read RayJob\/\S+: forbidden \(User "system:serviceaccount:\S+:nobody" cannot get resource "rayjobs"/,
    },
    {
      what: "cannot be reached",
      kubeconfig: async () => {
        const config = kubeConfig();
        config.clusters = config.clusters.map((cluster) => ({ ...cluster, server: "https://127.0.0.1:1" }));
        return config.exportConfig();
      },
      says: /https:\/\/127\.0\.0\.1:1/,
    },
  ];

  for (const { what, kubeconfig, says } of refusals) {
    it(`fails where the RayJob ${what}, says why, and drops nothing`, async () => {
      const file = join(rig.folder, "kubeconfig");
      await writeFile(file, await kubeconfig());
      const before = (await rig.state()).get("train");
      rig.stack.workspace.envVars = { ...rig.stack.workspace.envVars, KUBECONFIG: file };
      const refresh = await rig.refresh();
      assert(!refresh.succeeded);
      assert.match(refresh.text, says);
      assert.deepEqual((await rig.state()).get("train")?.outputs, before?.outputs);
    });
  }

  it("adopts a running job by an import, which neither that nor the first deployment touches", async () => {
    const made = "made-by-hand";
    const { namespace: _, ...spec } = jobProperties(namespace.name);
    await namespace.createRayJob({ apiVersion: "ray.io/v1", kind: "RayJob", metadata: { name: made }, spec });
    await namespace.report(made, runningStatus);
    const before = await namespace.rayJob(made);
    const other = await newRig(
      jobProgram(namespace.name, {
        name: made,
        shutdownAfterJobFinishes: false,
        preRunningDeadlineSeconds: 1800,
        waitFor: "running",
      }),
    );
    try {
      const id = `${namespace.name}/${made}`;
      const run = await other.import([{ type: "rayjob:index:RayJob", name: "train", id }]);
      assert(run.succeeded, run.text);
      const up = await other.up();
      assert(up.succeeded, up.text);
      assert.deepEqual(await namespace.rayJob(made), before, up.text);
    } finally {
      await other.dispose();
    }
  });
});
