import assert from "node:assert/strict";
import { type Inputs, output, runtime, secret, unknown } from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime/index.js";
import { argumentsOf } from "../../../provider/components/argument.ts";
import { RayJobComponent } from "../../../provider/components/rayJobComponent.ts";
import { Registrations, resolved } from "./registrations.ts";

const rayClusterSpec = { headGroupSpec: { template: { spec: { containers: [{ name: "ray", image: "ray" }] } } } };
const remote = { entrypoint: "python a.py", runtimeEnv: { workingDir: "s3://code/a.zip" }, rayClusterSpec };
const local = {
  entrypoint: "python a.py",
  runtimeEnv: { workingDir: "./a", excludes: ["b"], pip: ["c"] },
  rayClusterSpec,
};
const volumes = { output: { size: "5Gi", mountPath: "/output" } };
const noOperator = { operator: { install: false } };

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

  it("lets the service account that it makes read the bucket, by a role that is made for it", async () => {
    const oidcProviderArn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";
    const { registrations } = await construct({
      ...noOperator,
      namespace: "ml",
      bucket: { reader: { oidcProviderArn } },
      serviceAccount: {},
      jobs: { train: local },
    });
    const role = registrations.inputs.get("aws:iam/role:Role training-reader");
    assert.match(String(role?.assumeRolePolicy), /"system:serviceaccount:ml:training"/);
    const { metadata } = registrations.inputs.get("kubernetes:core/v1:ServiceAccount training") ?? {};
    assert.deepEqual(metadata, {
      name: "training",
      namespace: "ml",
      annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/reader" },
    });
    assert.equal(runOf(registrations).serviceAccountName, "training");
  });

  it("puts packages below the prefix that a bucket is brought along with", async () => {
    for (const [existingBucket, bucket, prefix] of [
      ["ml-code", "ml-code", undefined],
      ["ml-code/team/ray", "ml-code", "team/ray"],
      [output("ml-code/team"), "ml-code", "team"],
    ] as const) {
      const { registrations, component } = await construct({ ...noOperator, existingBucket, jobs: { train: local } });
      const inputs = registrations.inputs.get("rayjob:index:WorkingDir training-train");
      assert.deepEqual([inputs?.bucket, inputs?.prefix], [bucket, prefix]);
      assert.equal(await known(component.bucketName), bucket);
    }
  });

  it("gives it that role by EKS Pod Identity without an annotation, which would win", async () => {
    const { registrations } = await construct({
      ...noOperator,
      namespace: "ml",
      bucket: { reader: { podIdentity: { clusterName: "ml-cluster" } }, prefix: "team/code" },
      serviceAccount: {},
      jobs: { train: local },
    });
    const { metadata } = registrations.inputs.get("kubernetes:core/v1:ServiceAccount training") ?? {};
    assert.deepEqual(metadata, { name: "training", namespace: "ml", annotations: {} });
    const token = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
    const { namespace, serviceAccount, clusterName } =
      registrations.inputs.get(`${token} training-reader-ml.training`) ?? {};
    assert.deepEqual([clusterName, namespace, serviceAccount], ["ml-cluster", "ml", "training"]);
    assert.equal(registrations.inputs.get("rayjob:index:WorkingDir training-train")?.prefix, "team/code");
    assert.match(
      String(registrations.inputs.get("aws:iam/rolePolicy:RolePolicy training-reader")?.policy),
      /\/team\/code\/\*"/,
    );
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
    const { registrations, component } = await construct({ ...noOperator, volumes, jobs: output(unknown) }, true);
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

  it("brings secret variables to the pods by a Secret that a new value replaces, and keeps them out of the job", async () => {
    const envVars = { TOKEN: secret("hush"), DIR: "/output" };
    const secretEnv = { KEY: { name: "keys" } };
    const train = { ...local, runtimeEnv: { ...local.runtimeEnv, envVars }, secretEnv };
    const { registrations } = await construct({ ...noOperator, jobs: { train } });
    const { stringData, immutable } = registrations.inputs.get("kubernetes:core/v1:Secret training-train-env") ?? {};
    assert.deepEqual(stringData, { "4dabf18193072939515e22adb298388d": sealed, value: { TOKEN: "hush" } });
    assert.equal(immutable, true);
    const job = runOf(registrations);
    assert.deepEqual(job.secretEnv, { TOKEN: { name: "training-train-env-1234" }, KEY: { name: "keys" } });
    assert.deepEqual(job.runtimeEnv, { workingDir: "s3://packages/a.zip", pip: ["c"], envVars: { DIR: "/output" } });
  });

  it("stages data from the claims that it makes, by the names of its volumes", async () => {
    const stage = { raw: { from: "pvc://output/raw", to: "/data" }, model: { from: "s3://models/a", to: "/model" } };
    const { registrations } = await construct({ ...noOperator, volumes, jobs: { train: { ...remote, stage } } });
    assert.deepEqual(runOf(registrations).stage, {
      raw: { from: "pvc://training-output-1234/raw", to: "/data" },
      model: stage.model,
    });
  });

  it("keeps the rest of a runtime environment that is an output as a whole", async () => {
    const runtimeEnv = secret({ workingDir: "s3://code/a.zip", pip: ["c"], envVars: { TOKEN: "hush" } });
    const { registrations } = await construct({ ...noOperator, jobs: { train: { ...remote, runtimeEnv } } });
    const job = runOf(registrations);
    const revealed = (value: unknown) => (value as { readonly value?: unknown }).value ?? value;
    const { workingDir, pip, envVars, ...others } = revealed(job.runtimeEnv) as Inputs;
    assert.deepEqual([workingDir, pip].map(revealed), ["s3://code/a.zip", ["c"]]);
    assert.deepEqual([envVars, others], [{}, {}]);
    assert.deepEqual(job.secretEnv, { TOKEN: { name: "training-train-env-1234" } });
  });

  it("makes the Secret under a name that Kubernetes takes, however the job is called", async () => {
    const runtimeEnv = { ...remote.runtimeEnv, envVars: { TOKEN: secret("hush") } };
    const { registrations } = await construct({ ...noOperator, jobs: { My_Job: { ...remote, runtimeEnv } } });
    const names = [...registrations.inputs.keys()].filter((each) => each.startsWith("kubernetes:core/v1:Secret"));
    assert.equal(names.length, 1);
    assert.match(names[0] ?? "", / training-my-job-env-[0-9a-f]{8}$/);
  });

  it("makes no Secret for a job without secret variables", async () => {
    const train = { ...remote, runtimeEnv: { ...remote.runtimeEnv, envVars: { DIR: "/output" } } };
    const { registrations } = await construct({ ...noOperator, jobs: { train } });
    assert(!registrations.inputs.has("kubernetes:core/v1:Secret training-train-env"));
  });

  it("keeps a secret secret, for the job to refuse", async () => {
    const { registrations } = await construct({
      ...noOperator,
      jobs: { train: { ...remote, entrypoint: secret("x") } },
    });
    assert.deepEqual(runOf(registrations).entrypoint, { "4dabf18193072939515e22adb298388d": sealed, value: "x" });
  });
});

const sealed = "1b47061264138c4ac30d75fd1eb44270";

async function construct(args: Inputs, preview = false) {
  const registrations = Registrations.start(computed, { preview });
  const component = new RayJobComponent("training", await argumentsOf(args), {});
  await known([component.runs, component.claimNames]);
  return { registrations, component };
}

function computed({ type, name }: MockResourceArgs): object {
  switch (type) {
    case "aws:s3/bucket:Bucket":
      return { bucket: `${name}-1234567`, arn: "arn:aws:s3:::it", region: "eu-central-1" };
    case "kubernetes:core/v1:PersistentVolumeClaim":
      return { metadata: { name: `${name}-1234` } };
    case "kubernetes:core/v1:Secret":
      return { metadata: { name: `${name}-1234` } };
    case "aws:iam/role:Role":
      return { arn: "arn:aws:iam::123456789012:role/reader" };
    case "rayjob:index:WorkingDir":
      return { uri: "s3://packages/a.zip" };
    case "rayjob:index:RayJob":
      return { jobStatus: "SUCCEEDED", dashboardUrl: `http://${name}:8265` };
    default:
      return {};
  }
}

function runOf(registrations: Registrations): Readonly<Record<string, unknown>> {
  return registrations.inputs.get("rayjob:index:RayJob training-train") ?? {};
}

async function known(value: unknown): Promise<unknown> {
  return resolved(output(value));
}
