import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const { RAYJOB_CACHE = "" } = process.env;
const operatorScript = resolve(import.meta.dirname, "../sandbox/operator.sh");

/** Takes away what the sandbox or an earlier test has of KubeRay: the tests of this folder install it themselves. */
export function emptyCluster(): void {
  execFileSync("bash", [operatorScript, "remove"], { stdio: "inherit" });
  // The CRDs stay when a stack is destroyed.
  const crds = ["rayclusters", "raycronjobs", "rayjobs", "rayservices"].map((plural) => `${plural}.ray.io`);
  kubectl("delete", "crd", "--ignore-not-found", "--timeout=120s", ...crds);
}

/** The environment in which an `aws` provider without a configuration finds the sandbox's object store. */
export const objectStore = {
  AWS_ENDPOINT_URL: process.env.SANDBOX_S3_ENDPOINT ?? "",
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "sandbox",
  AWS_SECRET_ACCESS_KEY: "sandbox",
};

/** Where the sandbox has KubeRay's CRDs and chart, which come from the internet otherwise. */
export function kubeRayFromHere(version = "1.6.2") {
  return {
    crds: { source: `${RAYJOB_CACHE}/kuberay/${version}/crd` },
    chart: { path: `${RAYJOB_CACHE}/charts/kuberay-operator-${version}.tgz` },
  };
}

export function kubectl(...args: string[]): string {
  return execFileSync("kubectl", args, { encoding: "utf8" });
}

/** The text of a file on a claim, read by a pod that mounts it. */
export function readFromClaim(namespace: string, claimName: string, file: string): string {
  const metadata = { name: `reader-of-${claimName}`, namespace };
  const mount = { name: "claim", mountPath: "/claim" };
  const container = { name: "reader", image: "rayproject/ray:2.9.0", command: ["cat", `/claim/${file}`] };
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata,
    spec: {
      restartPolicy: "Never",
      containers: [{ ...container, imagePullPolicy: "IfNotPresent", volumeMounts: [mount] }],
      volumes: [{ name: "claim", persistentVolumeClaim: { claimName } }],
    },
  };
  execFileSync("kubectl", ["apply", "-f", "-"], { input: JSON.stringify(pod) });
  const self = ["-n", namespace, `pod/${metadata.name}`];
  kubectl("wait", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=60s", ...self);
  const text = kubectl("logs", ...self);
  kubectl("delete", ...self);
  return text;
}
