import type { PropertyPath } from "../../../../provider/values/path.ts";
import { groupOf } from "../jobs.ts";
import type { Place } from "./place.ts";

export function ofHead(head: PropertyPath): Place[] {
  const env = [...head, "template", "spec", "containers", 0, "env"];
  const variable = (name: string, value?: string) => [{ name, ...(value === undefined ? {} : { value }) }];
  return [
    [env, variable("RAY_REDIS_ADDRESS", "redis:6379"), variable("REDIS_PASSWORD", "a"), variable("REDIS_USERNAME"), []],
    [env, ...["1", "true", "0", "True"].map((value) => variable("RAY_enable_autoscaler_v2", value))],
    [env, variable("RAY_enable_autoscaler_v2"), [{ name: "A", value: "1" }], [{ value: "1" }]],
    [env, [...variable("RAY_enable_autoscaler_v2", "0"), ...variable("RAY_enable_autoscaler_v2", "1")]],
    [[...head, "headService"], { metadata: { name: "ray" } }, {}],
    [
      [...head, "headService", "spec", "ports"],
      [{ port: 1 }, { port: 1, protocol: "UDP" }],
      [{ port: 1 }, { port: 1 }],
    ],
    [[...head, "serviceType"], "ClusterIP", "LoadBalancer"],
    [[...head, "ingressOptions"], { host: "a" }],
  ];
}

export function ofGroup(group: PropertyPath): Place[] {
  return [
    [group, groupOf("gpu"), {}, { groupName: "a", template: {} }],
    [[...group, "groupName"], "gpu", "head", "", "a b"],
    [[...group, "replicas"], 0, -1, 9],
    [[...group, "minReplicas"], 0, -1, 4, 5],
    [[...group, "maxReplicas"], 0, -1, 2147483647, 2147483648],
    [[...group, "numOfHosts"], 1, 4, 0, -1],
    [[...group, "idleTimeoutSeconds"], 0, -1, 60],
    [[...group, "suspend"], true, false],
    [[...group, "priority"], 0, 1],
  ];
}

/** What is the same for the head and for workers. */
export function ofNodes(group: PropertyPath): Place[] {
  const pod = [...group, "template", "spec"];
  return [
    [[...group, "rayStartParams"], {}, { labels: "a=b" }, { "num-cpus": "1" }, { "num-cpus": "" }, { labels: "" }],
    [[...group, "rayStartParams"], { "redis-password": "a" }, { "redis-password": "" }, { memory: "1" }],
    [[...group, "rayStartParams", "redis-username"], "ray", ""],
    [[...group, "rayStartParams", "num-gpus"], "1", "0", ""],
    [[...group, "resources"], {}, { CPU: "1" }, { GPU: "1" }, { custom: "2" }],
    [
      [...group, "labels"],
      {},
      { zone: "a" },
      { zone: "a b" },
      { "a b": "c" },
      { "example.com/zone": "a" },
      { zone: "" },
    ],
    [
      [...group, "labels"],
      { "A.b/c": "d" },
      { "a/b/c": "d" },
      { "/a": "b" },
      { "a/": "b" },
      { "": "b" },
      { "a.-b/c": "d" },
    ],
    [[...group, "labels"], { a_b: "c" }, { a: "c".repeat(64) }, { a: ".c" }, { ["a".repeat(64)]: "b" }, { _a: "b" }],
    [[...group, "template"], {}, { spec: { containers: [] } }, { metadata: { labels: { a: "b" } } }],
    [[...pod, "containers"], [], [{ image: "a" }], [{ name: "a" }], [{ name: "" }], [{ name: "a", image: "b" }]],
    [[...pod, "restartPolicy"], "Never", "Always", "OnFailure", ""],
    [[...pod, "serviceAccountName"], "ray", "a".repeat(51)],
    [[...pod, "containers", 0, "ports"], [{ containerPort: 8265 }], [{ containerPort: 8265, name: "dashboard" }], [{}]],
    [[...pod, "containers", 0, "resources"], { limits: { cpu: "2" } }, { limits: { "nvidia.com/gpu": 1 } }, {}],
    [[...pod, "volumes"], [{ name: "a", emptyDir: {} }], [{ emptyDir: {} }], [{ name: "a" }, { name: "a" }]],
    [[...pod, "containers", 0, "env"], [{ name: "A" }, { name: "A" }], [{ name: "A" }, { name: "B" }], [{}]],
    [
      [...pod, "containers", 0, "ports"],
      [{ containerPort: 80 }, { containerPort: 80, protocol: "TCP" }],
    ],
    [
      [...pod, "containers", 0, "volumeMounts"],
      [{ mountPath: "/a" }],
      [{ name: "a", mountPath: "/a" }],
      [{ name: "a" }],
    ],
    [
      [...pod, "containers", 0, "resources"],
      { limits: { cpu: "two" } },
      { requests: { memory: "4 Gi" } },
      { limits: {} },
    ],
    [
      [...pod, "containers", 0, "resources", "limits"],
      { cpu: "1e3" },
      { cpu: ".5" },
      { cpu: "5." },
      { memory: "1GB" },
      { a: "-1" },
    ],
    [[...pod, "volumes"], [{ name: "data", emptyDir: {} }], [{ name: "model", emptyDir: {} }]],
    [[...pod, "containers", 0, "env"], [{ name: "TOKEN", value: "a" }]],
    [
      [...pod, "containers", 0, "volumeMounts"],
      [{ name: "a", mountPath: "/data" }],
      [{ name: "a", mountPath: "/model" }],
    ],
    [[...pod, "initContainers"], [{ name: "model", image: "a" }], [{ name: "data", image: "a" }]],
    [[...pod, "containers", 1], { name: "ray-head" }, { name: "ray-worker" }, { name: "sidecar", image: "a" }],
    [[...pod, "initContainers"], [{ name: "a", image: "a" }], [{ name: "a" }, { name: "a" }], [{}]],
    [
      [...pod, "volumes"],
      [{ name: "a", emptyDir: { sizeLimit: "10GB" } }],
      [{ name: "a", emptyDir: { sizeLimit: 1 } }],
    ],
    [[...pod, "overhead"], { cpu: "1" }, { cpu: "one" }],
    [
      [...pod, "imagePullSecrets"],
      [{ name: "a" }, { name: "b" }],
      [{ name: "a" }, { name: "a" }],
      [{}, { name: "" }],
    ],
    [
      [...pod, "hostAliases"],
      [{ ip: "10.0.0.1" }, { ip: "10.0.0.1" }],
      [{ ip: "10.0.0.1" }, { ip: "10.0.0.2" }],
    ],
    [
      [...pod, "schedulingGates"],
      [{ name: "a" }, { name: "a" }],
      [{ name: "a" }, { name: "b" }],
    ],
    [[...pod, "tolerations"], [null], [{ key: "a" }, { key: "a" }]],
    [[...pod, "containers", 0, "args"], [null], ["a", "a"]],
    [[...pod, "containers", 0, "env"], [null], [{ name: "A", value: null }]],
    [
      [...pod, "containers", 0, "volumeDevices"],
      [{ name: "a", devicePath: "/a" }],
      [
        { name: "a", devicePath: "/a" },
        { name: "b", devicePath: "/a" },
      ],
    ],
  ];
}
