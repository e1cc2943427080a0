import { execFileSync } from "node:child_process";

/** A PersistentVolumeClaim in the namespace with these files on it, written by a pod that is gone again. */
export function claimWith(
  namespace: string,
  claimName: string,
  files: Readonly<Record<string, string | Buffer>>,
): void {
  const claim = {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: claimName },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  };
  const lines = Object.entries(files).map(([path, content]) => {
    const encoded = Buffer.from(content).toString("base64");
    return `mkdir -p "$(dirname '/claim/${path}')" && echo ${encoded} | base64 -d > '/claim/${path}'`;
  });
  const writer = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `writer-of-${claimName}` },
    spec: {
      restartPolicy: "Never",
      containers: [
        {
          name: "writer",
          image: "rayproject/ray:2.9.0",
          imagePullPolicy: "IfNotPresent",
          command: ["bash", "-ec", lines.join("\n")],
          volumeMounts: [{ name: "claim", mountPath: "/claim" }],
        },
      ],
      volumes: [{ name: "claim", persistentVolumeClaim: { claimName } }],
    },
  };
  for (const object of [claim, writer]) kubectl(["apply", "-f", "-"], JSON.stringify(object));
  kubectl(["wait", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=60s", `pod/${writer.metadata.name}`]);
  kubectl(["delete", "pod", writer.metadata.name]);

  function kubectl(args: readonly string[], input = ""): void {
    execFileSync("kubectl", ["-n", namespace, ...args], { input, stdio: ["pipe", "ignore", "inherit"] });
  }
}
