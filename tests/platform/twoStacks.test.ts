import assert from "node:assert/strict";
import { cp, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { newRig, type Program, type Rig } from "../support/rig.ts";
import { changesOf, opsOf } from "../support/run.ts";
import { emptyCluster, kubectl, kubeRayFromHere, objectStore } from "./emptyCluster.ts";

const examples = resolve(import.meta.dirname, "../../examples");

describe("the platform's stack and a team's stack", () => {
  let platform: Rig;
  let job: Rig;

  before(async () => {
    emptyCluster();
    platform = await newRig(await programOf("platform"), objectStore);
    const { crds, chart } = kubeRayFromHere();
    await platform.stack.setConfig("crds.source", { value: crds.source }, true);
    await platform.stack.setConfig("chart.path", { value: chart.path }, true);
    await platform.stack.setConfig("requireTls", { value: "false" });
    await platform.stack.setConfig("oidcProviderArn", { value: "arn:aws:iam::123456789012:oidc-provider/issuer.test" });
    job = await newRig(await programOf("job"), { ...objectStore, PULUMI_BACKEND_URL: platform.backend });
    await cp(join(examples, "job/count"), join(job.folder, "count"), { recursive: true });
    await job.stack.setConfig("platform", { value: "organization/platform/test" });
  });

  after(async () => {
    await job.destroy();
    await platform.destroy();
    await job.dispose();
    await platform.dispose();
  });

  it("make KubeRay and a bucket, and run a job on them with code from that bucket", async () => {
    const set = await platform.up();
    assert(set.succeeded, set.text);
    const { bucket } = await platform.outputs();
    const run = await job.up();
    assert(run.succeeded, run.text);
    const { status, code } = await job.outputs();
    assert.equal(status?.value, "SUCCEEDED");
    assert(String(code?.value).startsWith(`s3://${bucket?.value}/`), String(code?.value));
    const field = "jsonpath={.items[*].spec.rayClusterSpec.headGroupSpec.template.spec.serviceAccountName}";
    assert.equal(kubectl("get", "rayjobs", "-n", "team-a", "-o", field), "ray");
    const annotations = kubectl(
      "get",
      "serviceaccount",
      "ray",
      "-n",
      "team-a",
      "-o",
      "jsonpath={.metadata.annotations}",
    );
    assert.match(annotations, /"eks\.amazonaws\.com\/role-arn":"arn:aws:iam::\d+:role\/code-reader-/);
  });

  it("find nothing to do afterwards", async () => {
    for (const rig of [platform, job]) {
      for (const look of ["preview", "refresh", "up"] as const) {
        const run = await rig[look]();
        assert(run.succeeded, run.text);
        assert.deepEqual(changesOf(run), [], `${look}: ${run.text}`);
      }
    }
  });

  it("go away one after the other, the team's without touching the platform", async () => {
    const gone = await job.destroy();
    assert(gone.succeeded, gone.text);
    assert.deepEqual(
      opsOf(await platform.preview()).filter((op) => !op.endsWith(" same")),
      [],
    );
    assert.match(kubectl("get", "deployments", "-n", "kuberay-system", "-o", "name"), /kuberay-operator/);
    const rest = await platform.destroy();
    assert(rest.succeeded, rest.text);
  });
});

async function programOf(example: string): Promise<Program> {
  const { runtime: _, ...program } = parse(await readFile(join(examples, example, "Pulumi.yaml"), "utf8"));
  return program;
}
