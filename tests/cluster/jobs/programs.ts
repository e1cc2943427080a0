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

/** What the command prints when it is typed. */
export function typed(command: unknown): string {
  return execFileSync("sh", ["-c", String(command)], { encoding: "utf8", stdio: "pipe" });
}
