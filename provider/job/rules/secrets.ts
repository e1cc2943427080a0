import type { Finding } from "../../findings/finding.ts";
import { formatPath, type PropertyPath } from "../../values/path.ts";

/** Refuses secrets among a RayJob's arguments: whoever may read the RayJob, or Ray's dashboard, could read them there. */
export function secretFindings(paths: readonly PropertyPath[]): Finding[] {
  return paths.map((path) => ({
    code: "RJ701",
    path,
    severity: "error",
    problem: `Cannot keep "${formatPath(path)}" secret: it would be readable in the RayJob`,
    hint:
      'Put the value into a Kubernetes Secret and refer to it by "valueFrom.secretKeyRef" in the "env" of the ' +
      "containers in the pod templates",
  }));
}
