import assert from "node:assert/strict";
import { newRig, type Rig } from "../support/rig.ts";
import { emptyCluster, kubectl, kubeRayFromHere, objectStore } from "./emptyCluster.ts";

describe("an upgrade of KubeRay", () => {
  let rig: Rig;

  before(async () => {
    emptyCluster();
    rig = await newRig(programWith("1.5.1"), objectStore);
  });

  after(async () => {
    await rig.destroy();
    await rig.dispose();
  });

  it("starts with a job that runs under the older version", async () => {
    const run = await rig.up();
    assert(run.succeeded, run.text);
    assert.match(operatorImage(), /:v1\.5\.1$/);
    assert.equal((await rig.outputs()).phase?.value, "Running");
  });

  it("loses nothing: the same job goes on under the newer one, and succeeds", async () => {
    const { uid } = await rig.outputs();
    await rig.write(programWith("1.6.2", "complete"));
    const run = await rig.up();
    assert(run.succeeded, run.text);
    assert.match(operatorImage(), /:v1\.6\.2$/);
    const outputs = await rig.outputs();
    assert.equal(outputs.status?.value, "SUCCEEDED");
    assert.equal(outputs.uid?.value, uid?.value);
    assert(
      Date.parse(operatorStart()) < Date.parse(String(outputs.end?.value)),
      "the newer operator saw the end of it",
    );
  });

  it("is refused in the other direction, before anything is changed", async () => {
    await rig.write(programWith("1.5.1", "complete"));
    const run = await rig.preview();
    assert.equal(run.succeeded, false);
    assert.match(run.text, /Cannot go back from the CRDs of KubeRay 1\.6\.2 to 1\.5\.1/);
    assert.match(operatorImage(), /:v1\.6\.2$/);
  });
});

function operatorImage(): string {
  const path = "jsonpath={.spec.template.spec.containers[0].image}";
  return kubectl("get", "deployment", "-n", "kuberay-system", "kuberay-operator", "-o", path);
}

function operatorStart(): string {
  const path = "jsonpath={.items[0].status.startTime}";
  return kubectl("get", "pods", "-n", "kuberay-system", "-o", path);
}

function programWith(version: "1.5.1" | "1.6.2", waitFor = "running") {
  const resources = {
    upgraded: {
      type: "rayjob:RayJobComponent",
      properties: {
        namespace: "upgrade",
        operator: { version, ...kubeRayFromHere(version) },
        jobs: { sleep: { entrypoint: "sleep 45", waitFor, rayClusterSpec } },
      },
    },
  };
  const run = (output: string) => `\${upgraded.runs["sleep"].${output}}`;
  return {
    resources,
    outputs: { phase: run("phase"), status: run("jobStatus"), uid: run("uid"), end: run("endTime") },
  };
}

const resources = { requests: { cpu: "100m", memory: "500Mi" } };
const rayClusterSpec = {
  headGroupSpec: {
    rayStartParams: { "num-cpus": "1" },
    template: { spec: { containers: [{ name: "ray-head", image: "rayproject/ray:2.9.0", resources }] } },
  },
};
