import assert from "node:assert/strict";
import { type Inputs, output } from "@pulumi/pulumi";
import { construct, known, local, noOperator, remote, runOf, volumes } from "./aComponent.ts";

describe("RayJobComponent", () => {
  it("tells a job which KubeRay it installs, so that what that lacks is refused", async () => {
    const versionFor = async (operator: Inputs, job: Inputs = {}) => {
      const { registrations } = await construct({ operator, jobs: { train: { ...remote, ...job } } });
      return runOf(registrations).kubeRayVersion;
    };
    assert.equal(await versionFor({}), "1.6.2");
    assert.equal(await versionFor({ version: "1.5.1" }), "1.5.1");
    assert.equal(await versionFor({ install: false }), undefined);
    assert.equal(await versionFor({ install: false, version: "1.7.0" }), "1.7.0");
    assert.equal(await versionFor({}, { kubeRayVersion: "1.7.0" }), "1.7.0");
  });

  it("tells a job the feature gates of the KubeRay that it installs", async () => {
    const featureGates = [{ name: "RayClusterMTLS", enabled: true }];
    const { registrations } = await construct({
      operator: { version: "1.7.0", values: { featureGates } },
      jobs: { train: remote },
    });
    assert.deepEqual(runOf(registrations).kubeRayFeatureGates, { RayClusterMTLS: true });
  });

  it("labels every job and its pods, whose own labels win", async () => {
    const common = { labels: { team: "ml", tier: "gold" }, podLabels: { team: "ml" } };
    const { registrations } = await construct({
      ...noOperator,
      ...common,
      jobs: { train: { ...remote, labels: { tier: output("free") } } },
    });
    assert.deepEqual(runOf(registrations).labels, { team: "ml", tier: "free" });
    assert.deepEqual(runOf(registrations).podLabels, { team: "ml" });
    const own = output({ team: "vision" });
    const other = await construct({ ...noOperator, ...common, jobs: { train: { ...remote, podLabels: own } } });
    assert.deepEqual(runOf(other.registrations).podLabels, { team: "vision" });
  });

  it("packages a local directory, and gives the job the URI of the package", async () => {
    const { registrations } = await construct({ ...noOperator, jobs: { train: local } });
    const { path, bucket, excludes } = registrations.inputs.get("rayjob:index:WorkingDir training-train") ?? {};
    assert.deepEqual([path, bucket, excludes], ["./a", "training-1234567", ["b"]]);
    assert.deepEqual(runOf(registrations).runtimeEnv, { workingDir: "s3://packages/a.zip", pip: ["c"] });
  });

  it("hands a job on as it was given, but for its place", async () => {
    const { registrations } = await construct({
      ...noOperator,
      jobs: { train: { ...remote, backoffLimit: output(2) } },
    });
    assert.deepEqual(runOf(registrations), { ...remote, backoffLimit: 2, namespace: "default" });
  });

  it("puts nothing into the pods of a cluster that a job uses", async () => {
    const job = { entrypoint: "python a.py", existingCluster: "shared" };
    const { registrations } = await construct({ ...noOperator, volumes, serviceAccount: {}, jobs: { train: job } });
    assert.deepEqual(runOf(registrations), { ...job, namespace: "default" });
  });

  it("leaves the names of claims to Pulumi, which keeps them, and mounts them by what they are called", async () => {
    const { registrations, component } = await construct({ ...noOperator, volumes, jobs: { train: remote } });
    const claim = registrations.inputs.get("kubernetes:core/v1:PersistentVolumeClaim training-output");
    assert.deepEqual(claim?.metadata, { namespace: "default" });
    assert.deepEqual(await known(component.claimNames), { output: "training-output-1234" });
    const { output } = runOf(registrations).mounts as { readonly output: object };
    assert.deepEqual(output, { claimName: "training-output-1234", mountPath: "/output" });
  });

  it("stages data from the claims that it makes, by the names of its volumes", async () => {
    const stage = { raw: { from: "pvc://output/raw", to: "/data" }, model: { from: "s3://models/a", to: "/model" } };
    const { registrations } = await construct({ ...noOperator, volumes, jobs: { train: { ...remote, stage } } });
    assert.deepEqual(runOf(registrations).stage, {
      raw: { from: "pvc://training-output-1234/raw", to: "/data" },
      model: stage.model,
    });
  });
});
