import type { Finding } from "../../findings/finding.ts";
import { formatPath, type PropertyPath } from "../../values/path.ts";

/** Refuses secrets among a RayJob's arguments: whoever may read the RayJob, or Ray's dashboard, could read them there. */
export function secretFindings(paths: readonly PropertyPath[]): Finding[] {
  return paths.map((path) => ({
    code: "RJ801",
    path,
    severity: "error",
    problem: `Cannot keep "${formatPath(path)}" secret: it would be readable in the RayJob`,
    hint:
      path[0] === "namespace"
        ? "Set it without the mark of a secret, in the program or in the provider's configuration"
        : 'Put the value into a Kubernetes Secret and refer to it by "secretEnv", or declare the job in a RayJobComponent, ' +
          'which does so for "runtimeEnv.envVars"',
  }));
}
