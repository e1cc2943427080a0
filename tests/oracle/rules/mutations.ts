import fc from "fast-check";
import type { PropertyPath } from "../../../provider/values/path.ts";
import { isList, isPropertyMap, type PropertyMap, type Value } from "../../../provider/values/value.ts";
import { groupOf, podOf } from "./jobs.ts";

/** Something said otherwise: another value at a place, or none. */
export interface Mutation {
  readonly path: PropertyPath;
  readonly value: Value | undefined;
}

export function mutated(job: PropertyMap, mutations: readonly Mutation[]): PropertyMap {
  return mutations.reduce<Value>((said, { path, value }) => withValue(said, path, value), job) as PropertyMap;
}

/** One mutation of all that there are in the neighbourhood of the rules. */
export const someMutation: fc.Arbitrary<Mutation> = fc
  .constantFrom(...neighbourhood())
  .chain(([path, ...values]) => fc.constantFrom(undefined, ...values).map((value) => ({ path, value })));

/** The same in a manifest, where it is one of its fields that is said otherwise. */
export function inManifest({ path, value }: Mutation): Mutation | undefined {
  const [name] = path;
  if (["existingCluster", "runtimeEnv", "mounts", "secretEnv", "stage", "serviceAccountName"].includes(String(name)))
    return undefined;
  // Where a manifest names no namespace, kubectl does.
  if (name === "namespace" && value === undefined) return undefined;
  const isOfMetadata = ["name", "namespace", "labels", "annotations"].includes(String(name));
  return { path: [isOfMetadata ? "metadata" : "spec", ...path], value };
}

type Place = readonly [path: PropertyPath, ...values: Value[]];

function neighbourhood(): Place[] {
  const [head, group] = [
    ["rayClusterSpec", "headGroupSpec"],
    ["rayClusterSpec", "workerGroupSpecs", 0],
  ] as const;
  return [
    ...ofShapes(head),
    ...ofShapes(group),
    ...ofJob(),
    ...ofEnd(),
    ...ofCluster(),
    ...ofHead(head),
    ...ofNodes(head),
    ...ofNodes(group),
    ...ofGroup(group),
  ];
}

/** What has another shape than it must have, or only looks so. */
function ofShapes(group: PropertyPath): Place[] {
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

function ofJob(): Place[] {
  return [
    [["name"], "a".repeat(47), "a".repeat(48), "Train", "1train", "train-", "train.a", "t"],
    [["namespace"], "team_ml", "a".repeat(63), "a".repeat(64), "1"],
    [["labels"], { team: "ml" }, { "a b": "c" }, { team: "a b" }, { team: "" }, { "x/y/z": "a" }, { "X.y/z": "a" }],
    [["labels", "team"], "a".repeat(63), "a".repeat(64), "-a", "a.", "A_b.c-d"],
    [
      ["annotations"],
      { note: "any text" },
      { "a b": "c" },
      { [`${"a".repeat(64)}`]: "" },
      { "x/": "a" },
      { "X/y": "" },
    ],
    [["annotations", "ray.io/ft-enabled"], "true", "True", "false", ""],
    [["annotations", "ray.io/external-storage-namespace"], "store", ""],
    [["entrypoint"], "", " ", "python b.py"],
    [
      ["runtimeEnvYAML"],
      "- pip",
      "pip",
      "pip: [a",
      "",
      "pip: [a]",
      "env_vars: {A: 1}",
      "{}",
      "null",
      "1",
      "a: b\n---\nc: d",
    ],
    [
      ["runtimeEnvYAML"],
      "a: 1\na: 2",
      "? [a]\n: b",
      "1: 2",
      "a: &x 1\nb: *x",
      "a: !!str 1",
      "~",
      "\ta: b",
      "a: !x 1",
      "a: .inf",
    ],
    [["runtimeEnv"], { pip: ["numpy"] }, {}],
    [["metadata"], { team: "ml" }, {}],
    [["entrypointResources"], '{"a": 1}', "a", "[1]", '{"a": "1"}'],
    [["entrypointNumCpus"], 1, 0.5, 0, -1],
    [["jobId"], "", "job-a", "job a"],
    [["submissionMode"], "K8sJobMode", "HTTPMode", "SidecarMode", "InteractiveMode", "k8sJobMode", ""],
    [["submitterConfig"], {}, { backoffLimit: 1 }, { backoffLimit: -1 }],
    [["submitterPodTemplate"], {}, podOf("s"), podOf("s", { restartPolicy: "Never" }), { spec: { containers: [] } }],
    [["submitterPodTemplate"], podOf("s", { restartPolicy: "Always" }), { spec: {} }, { metadata: { labels: {} } }],
    [["submitterPodTemplate", "spec", "containers"], [{ image: "a" }], [{ name: "a" }], [{}], []],
    [["backoffLimit"], 0, 2, -1, 2147483647, 2147483648],
    [["managedBy"], "ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue", "me", ""],
    [["suspend"], true, false],
    [["existingCluster"], "shared", ""],
    [["clusterSelector"], { "ray.io/cluster": "shared" }, { team: "ml" }, {}, { "ray.io/cluster": "" }],
    [["rayClusterSpec"], {}, { headGroupSpec: {} }, { rayVersion: "2.52.0" }],
    [["mounts"], { data: { claimName: "a", mountPath: "/data" } }],
    [["mounts", "data"], { claimName: "a", mountPath: "/data" }, { claimName: "a", mountPath: "/model" }],
    [["secretEnv", "TOKEN"], { name: "a", key: "b" }],
    [["stage", "model"], { from: "https://models/a", to: "/data" }, { from: "pvc://models/a", to: "/data/model" }],
    [["serviceAccountName"], "ray", "a".repeat(51)],
  ];
}

function ofEnd(): Place[] {
  const rule = (policy: Value, condition: Value): PropertyMap => ({ policy, condition });
  const [succeeded, failed] = [
    rule("DeleteCluster", { jobStatus: "SUCCEEDED" }),
    rule("DeleteCluster", { jobStatus: "FAILED" }),
  ];
  const deployment = rule("DeleteCluster", { jobDeploymentStatus: "Failed", ttlSeconds: 60 });
  const rules = ["deletionStrategy", "deletionRules"];
  return [
    [["activeDeadlineSeconds"], 0, 1, -1, 3600],
    [["preRunningDeadlineSeconds"], 0, 1, -1, 3600],
    [["ttlSecondsAfterFinished"], 0, -1, 60],
    [["shutdownAfterJobFinishes"], true, false],
    [["deletionStrategy"], {}, { deletionRules: [] }, { onSuccess: {} }, { onSuccess: { policy: "DeleteSelf" } }],
    [["deletionStrategy"], { onSuccess: { policy: "DeleteCluster" }, onFailure: { policy: "DeleteNone" } }],
    [["deletionStrategy", "onFailure"], {}, { policy: "DeleteWorkers" }, { policy: "Delete" }],
    [rules, [], [succeeded], [succeeded, failed], [succeeded, deployment], [deployment, deployment]],
    [rules, [rule("DeleteWorkers", { jobStatus: "SUCCEEDED", ttlSeconds: 60 }), succeeded, deployment]],
    [rules, [rule("DeleteWorkers", { jobStatus: "SUCCEEDED" }), succeeded, deployment]],
    [rules, [rule("DeleteNone", { jobStatus: "SUCCEEDED", ttlSeconds: 60 }), succeeded, deployment]],
    [rules, [rule("DeleteSelf", { jobStatus: "SUCCEEDED", ttlSeconds: 60 }), succeeded, deployment]],
    [rules, [rule("DeleteSelf", { jobDeploymentStatus: "Failed" }), succeeded, deployment]],
    [rules, [succeeded, deployment, rule("DeleteNone", { jobStatus: "STOPPED" })]],
    [[...rules, 0, "policy"], "DeleteSelf", "DeleteNone", "DeleteWorkers", "DeleteCluster", "deleteCluster", ""],
    [[...rules, 0, "condition"], {}, { ttlSeconds: 5 }, { jobStatus: "FAILED" }, { jobDeploymentStatus: "Failed" }],
    [[...rules, 0, "condition", "jobStatus"], "SUCCEEDED", "FAILED", "STOPPED", ""],
    [[...rules, 0, "condition", "jobDeploymentStatus"], "Failed", "Complete", ""],
    [[...rules, 1, "condition", "ttlSeconds"], -1, 0, 60, 2147483648],
    [[...rules, 2], succeeded, failed, deployment, rule("DeleteWorkers", { jobStatus: "FAILED" }), {}],
  ];
}

function ofCluster(): Place[] {
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

function ofHead(head: PropertyPath): Place[] {
  const env = [...head, "template", "spec", "containers", 0, "env"];
  const variable = (name: string, value?: string) => [{ name, ...(value === undefined ? {} : { value }) }];
  return [
    [env, variable("RAY_REDIS_ADDRESS", "redis:6379"), variable("REDIS_PASSWORD", "a"), variable("REDIS_USERNAME"), []],
    [env, ...["1", "true", "0", "True"].map((value) => variable("RAY_enable_autoscaler_v2", value))],
    [env, variable("RAY_enable_autoscaler_v2"), [{ name: "A", value: "1" }], [{ value: "1" }]],
    [env, [...variable("RAY_enable_autoscaler_v2", "0"), ...variable("RAY_enable_autoscaler_v2", "1")]],
    [[...head, "headService"], { metadata: { name: "ray" } }, {}],
    [[...head, "serviceType"], "ClusterIP", "LoadBalancer"],
    [[...head, "ingressOptions"], { host: "a" }],
  ];
}

function ofGroup(group: PropertyPath): Place[] {
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
function ofNodes(group: PropertyPath): Place[] {
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
  ];
}

function withValue(said: Value | undefined, [first, ...rest]: PropertyPath, value: Value | undefined): Value {
  if (first === undefined) return value as Value;
  if (typeof first === "number") {
    const items = isList(said) ? [...said] : [];
    // A list has no holes.
    const index = Math.min(first, items.length);
    if (rest.length === 0 && value === undefined) return items.filter((_, each) => each !== index);
    items[index] = withValue(items[index], rest, value);
    return items;
  }
  const properties = isPropertyMap(said) ? said : {};
  if (rest.length > 0) return { ...properties, [first]: withValue(properties[first], rest, value) };
  const { [first]: _, ...others } = properties;
  return value === undefined ? others : { ...others, [first]: value };
}
