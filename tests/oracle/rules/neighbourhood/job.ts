import type { PropertyMap, Value } from "../../../../provider/values/value.ts";
import { podOf } from "../jobs.ts";
import type { Place } from "./place.ts";

export function ofJob(): Place[] {
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

export function ofEnd(): Place[] {
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
