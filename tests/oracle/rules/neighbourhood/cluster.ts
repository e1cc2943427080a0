import { groupOf, podOf } from "../jobs.ts";
import type { Place } from "./place.ts";

export function ofCluster(): Place[] {
  const cluster = (...path: string[]) => ["rayClusterSpec", ...path];
  return [
    [
      cluster("rayVersion"),
      "2.52.0",
      "2.51.9",
      "2.52",
      "3",
      "nightly",
      "v2.60.1",
      "2.52.0rc1",
      "02.60.0",
      "",
      "2.052.0",
    ],
    [cluster("enableInTreeAutoscaling"), true, false],
    [
      cluster("autoscalerOptions"),
      {},
      { version: "v1" },
      { version: "v2" },
      { version: "v3" },
      { upscalingMode: "Fast" },
    ],
    [cluster("autoscalerOptions", "upscalingMode"), "Default", "Aggressive", "Conservative", "default", ""],
    [cluster("autoscalerOptions", "idleTimeoutSeconds"), 0, -1, 60],
    [cluster("autoscalerOptions", "version"), "v1", "v2", ""],
    [
      cluster("autoscalerOptions", "env"),
      [{ name: "KUBERAY_GEN_AUTOSCALER_START_CMD", value: "a" }],
      [{ name: "A" }],
      [],
    ],
    [cluster("autoscalerOptions", "args"), ["a"]],
    [cluster("autoscalerOptions", "resources"), { limits: { cpu: "1" } }, { limits: { cpu: "1 core" } }],
    [
      cluster("authOptions"),
      {},
      { mode: "token" },
      { mode: "disabled" },
      { mode: "Token" },
      { enableK8sTokenAuth: true },
    ],
    [cluster("authOptions", "enableK8sTokenAuth"), true, false],
    [cluster("authOptions", "secretName"), "token", ""],
    [cluster("gcsFaultToleranceOptions"), {}, { redisAddress: "redis:6379" }, { redisAddress: "" }],
    [cluster("gcsFaultToleranceOptions", "redisUsername"), { value: "ray" }],
    [cluster("gcsFaultToleranceOptions", "backend"), "rocksdb", "redis", "etcd"],
    [cluster("gcsFaultToleranceOptions", "storage"), {}, { claimName: "a", size: "1Gi" }],
    [cluster("upgradeStrategy"), { type: "Recreate" }, { type: "None" }, { type: "Roll" }, {}],
    [cluster("managedBy"), "ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue", "me", ""],
    [cluster("networkPolicy"), {}, { mode: "DenyAll" }],
    [cluster("tlsOptions"), { enabled: true }],
    [cluster("historyServerOptions"), {}, { collectorOptions: { image: "a" } }],
    [cluster("headGroupSpec"), { template: podOf("ray-head") }, {}, { template: {} }, { template: { spec: {} } }],
    [cluster("workerGroupSpecs"), [], [groupOf("a"), groupOf("a")], [groupOf("head")], [{ groupName: "a" }], [{}]],
    [cluster("workerGroupSpecs"), [{ groupName: "a", template: podOf("ray-worker") }], [groupOf("A_b")]],
  ];
}
