import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { kubeconfigFile, TestNamespace } from "../support/cluster.ts";
import { newRig, type Program, type Rig } from "../support/rig.ts";
import { errorOf, opsOf } from "../support/run.ts";
import { jobProperties } from "./programs.ts";
import { failedStatus } from "./statuses.ts";

describe("the provider's configuration", () => {
  let namespace: TestNamespace;
  let rig: Rig;
  let kubeconfig: string;

  before(async () => {
    kubeconfig = await readFile(kubeconfigFile(), "utf8");
  });

  beforeEach(async () => {
    namespace = await TestNamespace.create("configuration");
  });

  afterEach(async () => {
    await rig.dispose();
    await namespace.dispose();
  });

  // Without KUBECONFIG in its environment the plug-in has only what the program gives.
  const nowhere = { KUBECONFIG: "/nowhere", HOME: "/nowhere" };

  it("decides by its kubeconfig on which cluster a job runs, and in which namespace one that names none", async () => {
    rig = await newRig(programOf({ kubeconfig, namespace: namespace.name }), nowhere);
    const run = await rig.up();
    assert(run.succeeded, run.text);
    assert.equal((await namespace.rayJobs()).length, 1);
    assert((await rig.destroy()).succeeded);
  });

  it("may come from the stack's configuration", async () => {
    rig = await newRig({ resources: { train: { type: "rayjob:RayJob", properties: jobWithoutNamespace } } }, nowhere);
    await rig.stack.setConfig("rayjob:kubeconfig", { value: kubeconfig, secret: true });
    await rig.stack.setConfig("rayjob:namespace", { value: namespace.name });
    const run = await rig.up();
    assert(run.succeeded, run.text);
    assert.equal((await namespace.rayJobs()).length, 1);
    assert((await rig.destroy()).succeeded);
  });

  it("keeps the kubeconfig out of the state's plain text", async () => {
    rig = await newRig(programOf({ kubeconfig, namespace: namespace.name }), nowhere);
    assert((await rig.up()).succeeded);
    const token = /token: (\S+)/.exec(kubeconfig)?.[1];
    assert(token);
    assert.equal((await rig.stateText()).includes(token), false);
    assert((await rig.destroy()).succeeded);
  });

  it("re-runs and replaces nothing when only the text of the kubeconfig changes", async () => {
    rig = await newRig(programOf({ kubeconfig, namespace: namespace.name }), nowhere);
    assert((await rig.up()).succeeded);
    await rig.write(programOf({ kubeconfig: `# another token\n${kubeconfig}`, namespace: namespace.name }));
    const run = await rig.up();
    assert(run.succeeded, run.text);
    assert.deepEqual(opsOf(run), ["train same"]);
    assert((await rig.destroy()).succeeded);
  });

  it("refuses a setting that it does not know, by name", async () => {
    rig = await newRig(programOf({ kubeConfig: kubeconfig }), nowhere);
    const run = await rig.preview();
    assert(!run.succeeded);
    assert.match(run.text, /kubeConfig/);
    assert.equal(run.text.includes("certificate-authority-data"), false);
  });

  it("needs no more permissions than the README names, and neither pods nor events", async () => {
    const verbs = ["get", "list", "watch", "create", "patch", "delete"];
    const onRayJobs = { apiGroups: ["ray.io"], resources: ["rayjobs"], verbs };
    const limited = await namespace.kubeconfigOf("limited", [onRayJobs], { knowsCluster: true });
    const programWith = (more: object) => programOf({ kubeconfig: limited, namespace: namespace.name }, more);
    rig = await newRig(programWith({ waitFor: "complete" }), nowhere);
    const failing = rig.up();
    await namespace.report((await namespace.until(() => true)).metadata.name, failedStatus);
    assert.match(errorOf(await failing, "train"), /AppFailed/);
    await rig.write(programWith({ waitFor: "none", entrypoint: "python other.py" }));
    assert((await rig.up()).succeeded);
    await rig.write(programWith({ waitFor: "none", entrypoint: "python other.py", backoffLimit: 1 }));
    assert((await rig.up()).succeeded);
    assert((await rig.refresh()).succeeded);
    assert((await rig.destroy()).succeeded);
    assert.deepEqual(await namespace.rayJobs(), []);
  });

  it("says which file it looked for when there is no kubeconfig", async () => {
    rig = await newRig(programOf({ kubeconfig: "/nowhere/kubeconfig" }), nowhere);
    const run = await rig.up();
    assert(!run.succeeded);
    assert.match(run.text, /\/nowhere\/kubeconfig/);
    assert.equal((await rig.state()).has("train"), false);
  });
});

const { namespace: _, ...jobWithoutNamespace } = jobProperties("", { waitFor: "none" });

function programOf(properties: Readonly<Record<string, unknown>>, job: object = {}): Program {
  return {
    resources: {
      cluster: { type: "pulumi:providers:rayjob", properties },
      train: {
        type: "rayjob:RayJob",
        properties: { ...jobWithoutNamespace, ...job },
        options: { provider: "${cluster}" },
      },
    },
  };
}
