import type { PropertyPath } from "../../../../provider/values/path.ts";
import type { Place } from "./place.ts";

/** What has another shape than it must have, or only looks so. */
export function ofShapes(group: PropertyPath): Place[] {
  const cluster = ["rayClusterSpec"];
  const pod = [...group, "template", "spec"];
  const container = [...pod, "containers", 0];
  return [
    [cluster, "cluster", []],
    [[...cluster, "autoscaling"], true],
    [[...cluster, "enableInTreeAutoscaling"], "true", 1],
    [[...cluster, "rayVersion"], 2.52],
    [[...cluster, "workerGroupSpecs"], {}, ["gpu"]],
    [[...cluster, "autoscalerOptions", "idleTimeoutSeconds"], "60", 1.5],
    [["deletionStrategy", "deletionRules"], {}, ["DeleteCluster"]],
    [["deletionStrategy", "deletionRules", 0, "condition"], "SUCCEEDED"],
    [["submitterConfig", "backoffLimit"], "1"],
    [["submitterConfig", "retries"], 1],
    [[...group, "rayStartParams"], { "num-cpus": 2 }, ["num-cpus"]],
    [[...group, "labels"], { zone: 1 }],
    [[...group, "resources"], { CPU: 2 }],
    [[...group, "replicas"], "2", 1.5, true],
    [[...group, "template"], "ray", { spec: [] }],
    [[...pod, "containers"], {}, ["ray"]],
    [[...pod, "nodeSelector"], { pool: "gpu" }, { pool: 1 }],
    [[...pod, "tolerations"], [{ key: "gpu", operator: "Exists" }], [{ key: 1 }], [{ kee: "gpu" }]],
    [[...pod, "securityContext"], { runAsUser: 1000 }, { runAsUser: "1000" }],
    [[...pod, "terminationGracePeriodSeconds"], 30, "30"],
    [[...pod, "hostNetwork"], true, "true"],
    [[...pod, "volumes"], [{ name: "a", configMap: { name: "b" } }], [{ name: "a", configMap: "b" }]],
    [[...container, "image"], 1],
    [[...container, "imagePullPolicy"], "Always", "always"],
    [[...container, "command"], ["ray"], "ray"],
    [[...container, "env"], [{ name: "A", value: 1 }], [{ name: "A", valueFrom: { secretKeyRef: { key: "a" } } }]],
    [[...container, "ports"], [{ containerPort: "80" }], [{ containerPort: 8265, name: "dashboard" }]],
    [[...container, "resources"], { limits: { cpu: 2 } }, { limits: { cpu: "2" } }, { limits: { cpu: 1.5 } }],
    [
      [...container, "resources"],
      { limits: { cpu: "two" } },
      { limits: { memory: "4 Gi" } },
      { limits: { cpu: true } },
    ],
    [[...container, "lifecycle"], { preStop: { exec: { command: ["a"] } } }, { preStop: { exec: "a" } }],
    [[...container, "livenessProbe"], { httpGet: { port: 80 } }, { httpGet: { port: "http" } }, { httpGet: {} }],
  ];
}
