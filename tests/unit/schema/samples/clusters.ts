import type { PropertyMap } from "../../../../provider/values/value.ts";
import { job } from "./jobs.ts";
import type { Sample } from "./sample.ts";

const image = "rayproject/ray:2.52.0";
const template = { spec: { containers: [{ name: "ray", image }] } };

/** Clusters in which every field of KubeRay's RayClusterSpec occurs. */
export const clusterSamples: readonly Sample[] = [
  cluster("heads and workers with all that is theirs", {
    rayVersion: "2.56.0",
    managedBy: "ray.io/kuberay-operator",
    headServiceAnnotations: { note: "first" },
    enableInTreeAutoscaling: true,
    autoscalerOptions: {
      args: ["--verbose"],
      command: ["kuberay-autoscaler"],
      env: [{ name: "A", value: "1" }],
      envFrom: [{ configMapRef: { name: "settings" } }],
      idleTimeoutSeconds: 60,
      image,
      imagePullPolicy: "IfNotPresent",
      resources: { limits: { cpu: "1", memory: "1Gi" } },
      securityContext: { runAsNonRoot: true },
      upscalingMode: "Conservative",
      version: "v2",
      volumeMounts: [{ name: "ray-logs", mountPath: "/logs" }],
    },
    headGroupSpec: {
      enableIngress: true,
      headService: { metadata: { name: "head" } },
      ingressOptions: {
        host: "ray.example.com",
        path: "/",
        pathType: "Prefix",
        tls: [{ hosts: ["ray.example.com"], secretName: "certificate" }],
      },
      labels: { zone: "a" },
      rayStartParams: { "dashboard-host": "0.0.0.0" },
      resources: { slots: "1" },
      serviceType: "ClusterIP",
      template,
    },
    workerGroupSpecs: [
      {
        groupName: "workers",
        replicas: 1,
        minReplicas: 0,
        maxReplicas: 4,
        numOfHosts: 1,
        idleTimeoutSeconds: 120,
        priority: 1,
        labels: { zone: "a" },
        rayStartParams: { "object-store-memory": "1000000000" },
        resources: { slots: "1" },
        template,
      },
    ],
  }),
  cluster("what is the autoscaler's and KubeRay's own to write", {
    suspend: false,
    workerGroupSpecs: [
      { groupName: "workers", template, scaleStrategy: { workersToDelete: ["worker-1"] }, suspend: false },
    ],
  }),
  cluster("tokens", { rayVersion: "2.52.0", authOptions: { mode: "token", secretName: "token" } }),
  cluster("no tokens", { authOptions: { mode: "disabled" } }),
  {
    ...cluster("tokens of Kubernetes'", {
      rayVersion: "2.52.0",
      authOptions: { mode: "token", enableK8sTokenAuth: true },
    }),
    refusedBy: ["RJ309"],
  },
  cluster("the state of the head in a Redis", {
    gcsFaultToleranceOptions: {
      backend: "redis",
      externalStorageNamespace: "train",
      redisAddress: "redis:6379",
      redisUsername: { value: "ray" },
      redisPassword: { valueFrom: { secretKeyRef: { name: "redis", key: "password" } } },
    },
  }),
  cluster("the state of the head on a claim that is made", {
    gcsFaultToleranceOptions: {
      backend: "rocksdb",
      storage: { size: "2Gi", storageClassName: "fast", accessModes: ["ReadWriteOnce"], deletionPolicy: "Retain" },
    },
  }),
  cluster("the state of the head on a claim that is there", {
    gcsFaultToleranceOptions: {
      backend: "rocksdb",
      storage: { claimName: "gcs", subPath: "train", deletionPolicy: "DeleteWithCluster" },
    },
  }),
  cluster("all that is collected and denied", {
    tlsOptions: { enabled: true },
    historyServerOptions: {
      collectorOptions: {
        image: "collector:1",
        imagePullPolicy: "Always",
        env: [
          { name: "STORAGE_BACKEND", value: "S3" },
          { name: "S3_REGION", value: "eu-central-1" },
        ],
        resources: { limits: { memory: "1Gi" } },
      },
    },
    networkPolicy: {
      mode: "DenyAll",
      head: { ingressRules: [{ from: [{ podSelector: {} }] }], egressRules: [{ to: [{ podSelector: {} }] }] },
      worker: { ingressRules: [{ from: [{ podSelector: {} }] }], egressRules: [{ to: [{ podSelector: {} }] }] },
      workerGroups: [
        {
          groupName: "workers",
          ingressRules: [{ from: [{ podSelector: {} }] }],
          egressRules: [{ to: [{ podSelector: {} }] }],
        },
      ],
    },
    workerGroupSpecs: [{ groupName: "workers", replicas: 1, template }],
  }),
  cluster("other words", {
    networkPolicy: { mode: "DenyAllIngress" },
    autoscalerOptions: { upscalingMode: "Aggressive", imagePullPolicy: "Never", version: "v1" },
    headGroupSpec: { template, serviceType: "NodePort", ingressOptions: { pathType: "Exact" } },
  }),
  cluster("the words that are left", {
    networkPolicy: { mode: "DenyAllEgress" },
    autoscalerOptions: { upscalingMode: "Default" },
    headGroupSpec: { template, serviceType: "LoadBalancer", ingressOptions: { pathType: "ImplementationSpecific" } },
  }),
  {
    ...cluster("what a change of a cluster does", { upgradeStrategy: { type: "Recreate" } }),
    refusedBy: ["RJ310"],
  },
  {
    ...cluster("that it does nothing", { upgradeStrategy: { type: "None" } }),
    refusedBy: ["RJ310"],
  },
];

function cluster(shows: string, spec: PropertyMap): Sample {
  return job(shows, { rayClusterSpec: { headGroupSpec: { template }, ...spec } });
}
