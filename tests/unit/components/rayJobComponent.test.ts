import assert from "node:assert/strict";
import { output, runtime, unknown } from "@pulumi/pulumi";
import { construct, known, local, noOperator, remote, runOf, volumes } from "./rayJobComponent/aComponent.ts";

describe("RayJobComponent", () => {
  it("makes all its children under the names that its docstring promises", async () => {
    const { registrations } = await construct({ namespace: "ml", volumes, serviceAccount: {}, jobs: { train: local } });
    const promised = [
      "kubernetes:core/v1:Namespace training",
      "rayjob:index:KubeRayOperator training",
      "rayjob:index:RayJobCleanup training",
      "rayjob:index:WorkingDirBucket training",
      "kubernetes:core/v1:ServiceAccount training",
      "kubernetes:core/v1:PersistentVolumeClaim training-output",
      "rayjob:index:WorkingDir training-train",
      "rayjob:index:RayJob training-train",
    ];
    for (const child of promised) assert(registrations.inputs.has(child), child);
  });

  it("makes nothing that is brought along", async () => {
    const { registrations } = await construct({
      ...noOperator,
      namespace: "ml",
      createNamespace: false,
      existingBucket: "code",
      existingServiceAccount: "ray",
      volumes: { output: { existingClaim: "results", mountPath: "/output" } },
      jobs: { train: local },
    });
    assert.deepEqual([...registrations.inputs.keys()].sort(), [
      "rayjob:index:RayJob training-train",
      "rayjob:index:RayJobCleanup training",
      "rayjob:index:RayJobComponent training",
      "rayjob:index:WorkingDir training-train",
    ]);
    assert.equal(registrations.inputs.get("rayjob:index:WorkingDir training-train")?.bucket, "code");
    const { namespace, mounts, serviceAccountName } = runOf(registrations);
    assert.equal(namespace, "ml");
    assert.deepEqual(mounts, { output: { claimName: "results", mountPath: "/output" } });
    assert.equal(serviceAccountName, "ray");
  });

  it("makes a provider of its own from the configuration of the cluster's, and none where nothing says which that is", async () => {
    const of = async (config: Record<string, string>) => {
      runtime.setAllConfig(config);
      const { registrations } = await construct({ ...noOperator, jobs: { train: remote } });
      return registrations.inputs.get("pulumi:providers:rayjob training");
    };
    try {
      assert.equal(await of({}), undefined);
      assert.equal(await of({ "rayjob:context": "mine" }), undefined);
      assert.deepEqual(await of({ "kubernetes:context": "dev", "aws:assumeRoles": "[{}]" }), { context: "dev" });
      assert.equal(await of({ "kubernetes:context": "dev", "rayjob:context": "mine" }), undefined);
    } finally {
      runtime.setAllConfig({});
    }
  });

  it("gives what has become of each job", async () => {
    const { component } = await construct({ ...noOperator, jobs: { a: remote, b: remote } });
    const runs = (await known(component.runs)) as Record<string, Record<string, unknown>>;
    assert.deepEqual(Object.keys(runs), ["a", "b"]);
    assert.equal(runs.a?.jobStatus, "SUCCEEDED");
    assert.equal(runs.a?.dashboardUrl, "http://training-a:8265");
  });

  it("submits a job when all that it needs is there, and packages its code when the bucket is", async () => {
    const { registrations } = await construct({ namespace: "ml", volumes, serviceAccount: {}, jobs: { train: local } });
    const job = registrations.order.indexOf("rayjob:index:RayJob training-train");
    const before = registrations.order.slice(0, job);
    for (const need of [
      "kubernetes:core/v1:Namespace training made",
      "rayjob:index:KubeRayCrds training made",
      "kubernetes:helm.sh/v4:Chart training made",
      "rayjob:index:RayJobCleanup training made",
      "kubernetes:core/v1:ServiceAccount training made",
      "kubernetes:core/v1:PersistentVolumeClaim training-output made",
      "aws:s3/bucketPolicy:BucketPolicy training-transport made",
      "rayjob:index:WorkingDir training-train made",
    ]) {
      assert(before.includes(need), need);
    }
  });

  it("tells the cleanup of its jobs, and has it before them and after the operator, so that it goes in between", async () => {
    const { registrations } = await construct({ namespace: "ml", jobs: { train: remote, tune: remote } });
    const cleanup = "rayjob:index:RayJobCleanup training";
    const { namespace, jobs } = registrations.inputs.get(cleanup) ?? {};
    assert.deepEqual([namespace, jobs], ["ml", ["training-train", "training-tune"]]);
    const before = registrations.order.slice(0, registrations.order.indexOf(cleanup));
    assert(before.includes("kubernetes:helm.sh/v4:Chart training made"), before.join("\n"));
  });

  it("says of jobs that are not known yet that nothing is known of them, and makes the rest", async () => {
    const { registrations, component } = await construct(
      { ...noOperator, volumes, jobs: output(unknown) },
      { preview: true },
    );
    assert(registrations.inputs.has("kubernetes:core/v1:PersistentVolumeClaim training-output"));
    assert.equal(
      [...registrations.inputs.keys()].some((key) => key.startsWith("rayjob:index:RayJob ")),
      false,
    );
    assert.equal(await known(component.runs), undefined);
  });

  it("makes the jobs of a map that is an output, when it is known", async () => {
    const { registrations } = await construct({ ...noOperator, jobs: output({ train: remote }) });
    assert.equal(runOf(registrations).entrypoint, "python a.py");
  });
});
