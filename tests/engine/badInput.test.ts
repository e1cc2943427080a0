import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { kubeconfigFile, type TestNamespace } from "../support/cluster.ts";
import type { Program, Rig } from "../support/rig.ts";
import { errorOf } from "../support/run.ts";
import { stageForEach } from "../support/stage.ts";
import { jobProgram, jobProperties } from "./programs.ts";
import { succeededStatus } from "./statuses.ts";

describe("bad input", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForEach("bad-input", jobProgram, (stage) => {
    ({ namespace, rig } = stage);
  });

  it("is refused in the preview, every mistake at its own place", async () => {
    await rig.write(
      jobProgram(namespace.name, {
        entrypoint: undefined,
        ttlSecondsAfterFinished: -1,
        rayClusterSpec: {
          headGroupSpec: { template: { spec: { containers: [] } } },
          workerGroupSpecs: [{ groupName: "workers", minReplicas: 3, maxReplicas: 2, template: {} }],
        },
      }),
    );
    const run = await rig.preview();
    assert(!run.succeeded);
    const errors = errorOf(run, "train");
    for (const place of [
      "entrypoint",
      "ttlSecondsAfterFinished",
      "rayClusterSpec.headGroupSpec.template.spec.containers",
      "rayClusterSpec.workerGroupSpecs[0]",
    ]) {
      assert(errors.includes(place), `${place} is not in:\n${errors}`);
    }
    assert.deepEqual(await namespace.rayJobs(), []);
  });

  it("that is spelled wrong is refused with the name that was meant", async () => {
    await rig.write(jobProgram(namespace.name, { runtimeEnv: { workingDirectory: "s3://a/b.zip" } }));
    const run = await rig.preview();
    assert(!run.succeeded);
    assert.match(run.text, /workingDirectory/);
    assert.match(run.text, /workingDir\b/);
  });

  it("that is secret is refused, and shown nowhere", async () => {
    const secret = { "fn::secret": "hunter2" };
    await rig.write(jobProgram(namespace.name, { runtimeEnv: { envVars: { TOKEN: secret } }, entrypoint: secret }));
    const run = await rig.preview();
    assert(!run.succeeded);
    assert.match(errorOf(run, "train"), /runtimeEnv\.envVars\.TOKEN/);
    assert.match(errorOf(run, "train"), /secretEnv/);
    assert.equal(run.text.includes("hunter2"), false, run.text);
    assert.equal((await rig.stateText()).includes("hunter2"), false);
  });

  it("a cluster that cannot be reached: one error with its address, nothing in the state, and the next up works", async () => {
    const kubeconfig = (await readFile(kubeconfigFile(), "utf8")).replace(/server: .*/, "server: https://127.0.0.1:1");
    await rig.write(onCluster(kubeconfig));
    const run = await rig.up();
    assert(!run.succeeded);
    assert.match(errorOf(run, "train"), /https:\/\/127\.0\.0\.1:1.*ECONNREFUSED/s);
    assert.equal((await rig.state()).has("train"), false);
    await rig.write(jobProgram(namespace.name, { waitFor: "none" }));
    assert((await rig.up()).succeeded);
  });

  it("no permission: one error that names what is forbidden, and to whom", async () => {
    await rig.write(onCluster(await namespace.kubeconfigOf("nobody", [], { knowsCluster: false })));
    const run = await rig.up();
    assert(!run.succeeded);
    assert.match(errorOf(run, "train"), /forbidden.*system:serviceaccount:.*:nobody/s);
    assert.equal((await rig.state()).has("train"), false);
  });

  it("a namespace that does not exist: one error that names it", async () => {
    await rig.write(jobProgram("nowhere-at-all"));
    const run = await rig.up();
    assert(!run.succeeded);
    assert.match(errorOf(run, "train"), /RayJob\/nowhere-at-all\/train-\w+.*namespace.*nowhere-at-all/s);
    assert.equal((await rig.state()).has("train"), false);
  });

  it("another cluster than the job's: refused by refresh, update and destroy alike, and the job stays in the state", async () => {
    await rig.write(jobProgram(namespace.name, { waitFor: "none" }));
    assert((await rig.up()).succeeded);
    const [rayJob] = await namespace.rayJobs();
    assert(rayJob);
    await namespace.report(rayJob.metadata.name, succeededStatus);
    await moveStateToAnotherCluster();
    const refused = /lives on the cluster whose kube-system has the UID another/;
    const refresh = await rig.refresh();
    assert(!refresh.succeeded);
    assert.match(refresh.text, refused);
    await rig.write(jobProgram(namespace.name, { waitFor: "none", backoffLimit: 2 }));
    assert.match(errorOf(await rig.up(), "train"), refused);
    assert.match(errorOf(await rig.destroy(), "train"), refused);
    assert.equal((await rig.state()).has("train"), true);
    assert.equal((await namespace.rayJob(rayJob.metadata.name)).metadata.uid, rayJob.metadata.uid);
  });

  function onCluster(kubeconfig: string): Program {
    return {
      resources: {
        cluster: { type: "pulumi:providers:rayjob", properties: { kubeconfig } },
        train: {
          type: "rayjob:RayJob",
          properties: jobProperties(namespace.name, { waitFor: "none" }),
          options: { provider: "${cluster}" },
        },
      },
    };
  }

  // A second cluster would not fit beside the first on a small machine; to the plug-in the two look the same.
  async function moveStateToAnotherCluster(): Promise<void> {
    const state = await rig.stack.exportStack();
    const train = state.deployment.resources.find((resource: { urn: string }) => resource.urn.endsWith("::train"));
    train.outputs.clusterUid = "another";
    await rig.stack.importStack(state);
  }
});
