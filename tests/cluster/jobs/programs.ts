import { execFileSync } from "node:child_process";

/** A job on a cluster as small as Ray can be, with what a test wants to say about it. */
export function smallJob(namespace: string, more: Readonly<Record<string, unknown>>) {
  // A job that gets stuck says where, before the test that waits for it is given up.
  const properties = { namespace, rayClusterSpec: headOnly(), timeoutSeconds: 240, ...more };
  return { type: "rayjob:RayJob", properties };
}

export function headOnly({ image = "rayproject/ray:2.9.0", rayStartParams = {} } = {}) {
  return {
    headGroupSpec: {
      rayStartParams: { "num-cpus": "1", "object-store-memory": "100000000", ...rayStartParams },
      template: { spec: { containers: [{ name: "ray-head", image, imagePullPolicy: "IfNotPresent" }] } },
    },
  };
}

/** A head that runs the driver only, and one worker. */
export function headAndWorker(ray: object = {}, pod: object = {}) {
  const container = { image: "rayproject/ray:2.9.0", imagePullPolicy: "IfNotPresent", ...ray };
  const template = (name: string) => ({ template: { spec: { ...pod, containers: [{ name, ...container }] } } });
  const rayStartParams = { "object-store-memory": "100000000" };
  return {
    headGroupSpec: { rayStartParams: { ...rayStartParams, "num-cpus": "0" }, ...template("ray-head") },
    workerGroupSpecs: [
      {
        groupName: "workers",
        replicas: 1,
        rayStartParams: { ...rayStartParams, "num-cpus": "1" },
        ...template("ray-worker"),
      },
    ],
  };
}

/** What the command prints when it is typed. */
export function typed(command: unknown): string {
  return execFileSync("sh", ["-c", String(command)], { encoding: "utf8", stdio: "pipe" });
}

/** Where this machine is, as seen by pods. */
export function nodeAddress(): string {
  return typed("kubectl get nodes -o jsonpath='{.items[0].status.addresses[?(@.type==\"InternalIP\")].address}'");
}
