import type { PropertyMap } from "../../../../provider/values/value.ts";
import type { Sample } from "./sample.ts";

const token = "rayjob:index:RayJob";
const image = "rayproject/ray:2.52.0";
const template = { spec: { containers: [{ name: "ray", image }] } };

/** Jobs in which every argument of a `RayJob` and every field of KubeRay's objects occurs, short of the cluster's. */
export const jobSamples: readonly Sample[] = [
  {
    shows: "a job in short, with all that can be put into its pods",
    token,
    inputs: {
      name: "train",
      namespace: "ml",
      labels: { team: "ml" },
      annotations: { note: "first" },
      podLabels: { team: "ml" },
      entrypoint: "python train.py",
      image,
      head: { cpu: "500m", memory: "2Gi", gpu: 0 },
      workers: {
        trainers: { replicas: 2, cpu: 4, memory: "16Gi", gpu: 1, image },
        loaders: { minReplicas: 0, maxReplicas: 4 },
      },
      mounts: { data: { claimName: "data", mountPath: "/data", subPath: "raw", readOnly: true } },
      serviceAccountName: "ray",
      secretEnv: { TOKEN: { name: "hub", key: "token" } },
      stage: {
        model: { from: "s3://models/llama", to: "/model", on: "all", image },
        config: { from: "https://example.com/config.json", to: "/config", on: "head" },
        words: { from: "pvc://data/words", to: "/words", on: "workers" },
      },
      metadata: { owner: "ml" },
      entrypointNumCpus: 0.5,
      entrypointNumGpus: 0,
      entrypointResources: '{"accelerator": 1}',
      managedBy: "ray.io/kuberay-operator",
      kubeRayVersion: "1.6.2",
      kubeRayFeatureGates: { RayJobDeletionPolicy: true },
      waitFor: "complete",
      timeoutSeconds: 3600,
      rerunToken: "1",
      rerunFailed: false,
      stopOnCancel: true,
      logs: "stream",
      logTailLines: 20,
    },
  },
  job("every way to set an environment up that goes with pip", {
    runtimeEnv: {
      workingDir: "s3://code/train.zip",
      pyModules: ["s3://code/lib.zip"],
      javaJars: ["s3://code/lib.jar"],
      excludes: ["*.csv"],
      envVars: { EPOCHS: "3" },
      pip: { packages: ["numpy"], pipCheck: true, pipVersion: "==24.0", pipInstallOptions: ["--no-deps"] },
      pyExecutable: "python3",
      workerProcessSetupHook: "package.setup",
      nsight: "default",
      config: { setupTimeoutSeconds: 900, eagerInstall: false },
    },
  }),
  job("packages by uv", {
    runtimeEnv: {
      uv: { packages: ["numpy"], uvCheck: true, uvVersion: "==0.5.0", uvPipInstallOptions: ["--no-cache"] },
    },
  }),
  job("packages by conda", { runtimeEnv: { conda: "base" } }),
  job("workers in an image of their own", { runtimeEnv: { imageUri: image, envVars: { A: "1" } } }),
  job("an environment in Ray's own words", { runtimeEnvYAML: "pip: [numpy]" }),
  job("a job that may fail, and is given up in time", {
    backoffLimit: 2,
    activeDeadlineSeconds: 3600,
    preRunningDeadlineSeconds: 600,
    shutdownAfterJobFinishes: true,
    ttlSecondsAfterFinished: 30,
    submissionMode: "K8sJobMode",
    submitterPodTemplate: { spec: { restartPolicy: "Never", containers: [{ name: "submitter", image }] } },
    submitterConfig: { backoffLimit: 1 },
    waitFor: "ready",
    logs: "none",
    kubeRayVersion: "1.7.0",
  }),
  job("a job that is held back", { suspend: true, waitFor: "none" }),
  job("rules of what is deleted when", {
    kubeRayVersion: "1.6.2",
    deletionStrategy: {
      deletionRules: [
        { condition: { jobStatus: "SUCCEEDED", ttlSeconds: 60 }, policy: "DeleteCluster" },
        { condition: { jobStatus: "FAILED", ttlSeconds: 60 }, policy: "DeleteWorkers" },
        { condition: { jobDeploymentStatus: "Failed", ttlSeconds: 600 }, policy: "DeleteCluster" },
      ],
    },
  }),
  job("a cluster that stays when the job has failed", {
    deletionStrategy: {
      deletionRules: [
        { condition: { jobStatus: "SUCCEEDED" }, policy: "DeleteCluster" },
        { condition: { jobDeploymentStatus: "Failed" }, policy: "DeleteNone" },
      ],
    },
  }),
  {
    ...job("the older way to say what is deleted", {
      deletionStrategy: { onSuccess: { policy: "DeleteSelf" }, onFailure: { policy: "DeleteCluster" } },
    }),
    refusedBy: ["RJ421"],
  },
  {
    shows: "a job on a cluster that is there",
    token,
    inputs: {
      name: "train",
      namespace: "ml",
      entrypoint: "true",
      existingCluster: "shared",
      submissionMode: "HTTPMode",
      kubeRayVersion: "1.5.1",
    },
  },
  {
    shows: "the same in KubeRay's words",
    token,
    inputs: { name: "train", namespace: "ml", entrypoint: "true", clusterSelector: { "ray.io/cluster": "shared" } },
  },
  job("a job that somebody submits by hand", {
    entrypoint: null,
    submissionMode: "InteractiveMode",
    waitFor: "running",
    jobId: "job-1",
  }),
  job("a job on one of several clusters", { submissionMode: "SidecarMode", managedBy: "kueue.x-k8s.io/multikueue" }),
];

/** A small job with more arguments; null takes one away. */
export function job(shows: string, more: PropertyMap): Sample {
  const small = {
    name: "train",
    namespace: "ml",
    entrypoint: "python train.py",
    rayClusterSpec: { headGroupSpec: { template } },
  };
  const inputs = Object.entries({ ...small, ...more }).filter(([, value]) => value !== null);
  return { shows, token, inputs: Object.fromEntries(inputs) };
}
