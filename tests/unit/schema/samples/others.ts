import { archiveOf } from "../../../../provider/values/archive.ts";
import type { PropertyMap } from "../../../../provider/values/value.ts";
import { jobSamples } from "./jobs.ts";
import type { Sample } from "./sample.ts";

const template = { spec: { containers: [{ name: "ray", image: "rayproject/ray:2.52.0" }] } };
const small = { entrypoint: "python train.py", rayClusterSpec: { headGroupSpec: { template } } };
const key = "arn:aws:kms:eu-central-1:123456789012:key/1";
const oidcProviderArn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.example.com/id/1";

/** Every argument of the components, and of the custom resources beside `RayJob`. */
export const otherSamples: readonly Sample[] = [
  component("everything made", {
    jobs: {
      train: {
        ...small,
        runtimeEnv: {
          workingDir: "./train-job",
          pyModules: ["./lib", archiveOf({ path: "lib.zip" })],
          excludes: ["*.csv"],
          envVars: { EPOCHS: "3" },
          pip: ["numpy"],
          javaJars: ["s3://code/lib.jar"],
          pyExecutable: "python3",
          workerProcessSetupHook: "package.setup",
          nsight: { t: "cuda" },
          config: { setupTimeoutSeconds: 600 },
        },
      },
      tune: { ...small, runtimeEnv: { uv: ["numpy"] } },
      test: { ...small, runtimeEnv: { conda: { dependencies: ["numpy"] } } },
      show: { ...small, runtimeEnv: { imageUri: "ray:1" } },
    },
    namespace: "ml",
    createNamespace: true,
    labels: { team: "ml" },
    podLabels: { "cost-centre": "42" },
    operator: {
      install: true,
      version: "1.6.2",
      namespace: "kuberay-system",
      createNamespace: true,
      crds: { install: true, source: "./crds", retainOnDelete: false, force: true },
      chart: { path: "./chart", repository: "https://charts.example.com" },
      values: { featureGates: [] },
    },
    bucket: {
      bucketName: "ml-code",
      forceDestroy: false,
      kmsKeyArn: key,
      expireUnusedAfterDays: 7,
      requireTls: true,
      versioning: true,
      prefix: "code",
      tags: { team: "ml" },
      reader: { oidcProviderArn, serviceAccounts: ["ml/ray"] },
    },
    serviceAccount: { name: "ray", annotations: { team: "ml" } },
    volumes: {
      output: {
        size: "5Gi",
        mountPath: "/output",
        storageClassName: "shared",
        accessModes: ["ReadWriteMany", "ReadOnlyMany"],
        subPath: "ml",
        readOnly: false,
        retainOnDelete: true,
      },
      scratch: { size: "1Gi", mountPath: "/scratch", accessModes: ["ReadWriteOnce"] },
    },
  }),
  component("every job that a RayJob can be", { jobs: Object.fromEntries(jobSamples.map(jobOf)) }),
  component("everything brought along", {
    jobs: { train: small },
    operator: { install: false },
    existingBucket: "ml-code/team",
    existingServiceAccount: "ray",
    volumes: { input: { existingClaim: "input", mountPath: "/input" } },
  }),
  component("a reader by EKS Pod Identity", {
    jobs: { train: small },
    bucket: { reader: { podIdentity: { clusterName: "ml" } } },
    serviceAccount: {},
  }),
  {
    ...component("a volume for a single pod", {
      jobs: { train: { entrypoint: "true", image: "ray:1", workers: { trainers: {} } } },
      volumes: { output: { size: "1Gi", mountPath: "/output", accessModes: ["ReadWriteOncePod"] } },
    }),
    refusedBy: ["RJ910"],
  },
  {
    shows: "an operator with all that can be said of it",
    token: "rayjob:index:KubeRayOperator",
    inputs: {
      version: "1.5.1",
      namespace: "kuberay-system",
      createNamespace: false,
      crds: { install: false },
      chart: { path: "oci://charts.example.com/kuberay-operator" },
      values: { image: { tag: "v1.5.1" } },
    },
  },
  {
    shows: "a bucket with all that can be said of it",
    token: "rayjob:index:WorkingDirBucket",
    inputs: {
      bucketName: "ml-code",
      forceDestroy: true,
      kmsKeyArn: key,
      expireUnusedAfterDays: 7,
      requireTls: false,
      versioning: true,
      prefix: "code",
      tags: { team: "ml" },
      reader: { oidcProviderArn, serviceAccounts: ["ml/ray"] },
    },
  },
  {
    shows: "a bucket that is read by EKS Pod Identity",
    token: "rayjob:index:WorkingDirBucket",
    inputs: { reader: { podIdentity: { clusterName: "ml" }, serviceAccounts: ["ml/ray"] } },
  },
  {
    shows: "a directory",
    token: "rayjob:index:WorkingDir",
    inputs: {
      path: "./train-job",
      bucket: "ml-code",
      prefix: "code",
      excludes: ["*.csv"],
      includeParentDir: true,
      asModule: true,
      expectedFiles: ["train.py"],
    },
  },
  {
    shows: "an archive",
    token: "rayjob:index:WorkingDir",
    inputs: { archive: archiveOf({ path: "train.zip" }), bucket: "ml-code" },
  },
  {
    shows: "what clears up after jobs",
    token: "rayjob:index:RayJobCleanup",
    inputs: { jobs: ["train"], namespace: "ml" },
  },
  {
    shows: "CRDs with all that can be said of them",
    token: "rayjob:index:KubeRayCrds",
    inputs: {
      version: "1.7.0",
      source: "./crds",
      retainOnDelete: false,
      force: true,
      operatorNamespace: "kuberay-system",
    },
  },
];

/** The component says where its jobs are. */
function jobOf({ inputs }: Sample, index: number): [name: string, job: PropertyMap] {
  const { namespace: _, ...job } = inputs;
  return [`job-${index}`, job];
}

function component(shows: string, inputs: PropertyMap): Sample {
  return { shows, token: "rayjob:index:RayJobComponent", inputs };
}
