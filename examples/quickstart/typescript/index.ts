import * as pulumi from "@pulumi/pulumi";
import * as rayjob from "pulumi-rayjob";

const config = new pulumi.Config();
const oidcProviderArn = config.get("oidcProviderArn");

const training = new rayjob.RayJobComponent("training", {
  namespace: config.require("namespace"),
  operator: { install: config.requireBoolean("installOperator") },
  bucket: {
    requireTls: config.requireBoolean("requireTls"),
    reader: oidcProviderArn ? { oidcProviderArn } : undefined,
  },
  serviceAccount: {},
  volumes: { output: { size: "5Gi", mountPath: "/output" } },
  jobs: {
    train: {
      entrypoint: "python train.py",
      runtimeEnv: {
        workingDir: "../train-job",
        pip: ["xgboost", "numpy"],
        envVars: { MODEL_DIR: "/output" },
      },
      rayClusterSpec: {
        headGroupSpec: {
          rayStartParams: { "dashboard-host": "0.0.0.0" },
          template: { spec: { containers: [{ name: "ray-head", image: "rayproject/ray:2.9.0" }] } },
        },
        workerGroupSpecs: [
          {
            groupName: "workers",
            replicas: 2,
            rayStartParams: { "num-cpus": "2" },
            template: { spec: { containers: [{ name: "ray-worker", image: "rayproject/ray:2.9.0" }] } },
          },
        ],
      },
      // Keeps the cluster, and with it the dashboard, for ten minutes after the job; by default it is one.
      ttlSecondsAfterFinished: 600,
    },
  },
});

const train = training.runs.train;

export const status = train.jobStatus;
export const dashboard = train.dashboardUrl;
export const logs = train.logsCommand;
export const portForward = train.portForwardCommand;
