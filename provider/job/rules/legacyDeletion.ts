import type { Finding } from "../../findings/finding.ts";
import { mapOf, type PropertyMap, valueAt } from "../../values/value.ts";

/** What becomes of a finding about the older deletion policies in a manifest: KubeRay takes a complete pair of them. */
export function asOfLegacyDeletion(finding: Finding, spec: PropertyMap): Finding {
  const refusal = refusalOf(spec);
  if (refusal !== undefined) return { ...finding, problem: refusal };
  return {
    ...finding,
    severity: "warning",
    problem: `"${finding.path.at(-1)}" says nothing about a job that fails before Ray runs it: its cluster would run for ever`,
  };
}

/** Why KubeRay, or the API server, refuses them (J7, J14, J17). */
function refusalOf({ deletionStrategy, shutdownAfterJobFinishes, rayClusterSpec }: PropertyMap): string | undefined {
  const said = ["onSuccess", "onFailure"].map((name) => valueAt(deletionStrategy, [name, "policy"]));
  const unknown = said.find((policy): policy is string => typeof policy === "string" && !policies.includes(policy));
  if (mapOf(deletionStrategy).deletionRules !== undefined)
    return 'Cannot follow "onSuccess" and "onFailure" beside "deletionRules"';
  if (unknown !== undefined) return `There is no deletion policy "${unknown}"`;
  if (said.includes(undefined)) return 'KubeRay takes "onSuccess" and "onFailure" only together, each with a "policy"';
  if (said.includes("DeleteNone") && shutdownAfterJobFinishes === true)
    return 'Cannot follow DeleteNone: "shutdownAfterJobFinishes" is true';
  if (said.includes("DeleteWorkers") && mapOf(rayClusterSpec).enableInTreeAutoscaling === true)
    return "Cannot delete the workers of a cluster with autoscaling";
  return undefined;
}

const policies = ["DeleteCluster", "DeleteWorkers", "DeleteSelf", "DeleteNone"];
