import { quoted } from "./commands.ts";
import { isGiven } from "./defaults.ts";
import { clusterSelectorOf } from "./meaning.ts";
import type { RayJob, RayJobStatus } from "./rayJob.ts";

/**
 * What runs on of a job that KubeRay had begun before it refused its spec, and what ends that; undefined where there is
 * nothing. In that state KubeRay obeys no TTL and no deletion rule, and stops no job.
 */
export function remainsOf({ metadata: { namespace, name }, spec, status = {} }: Begun): string | undefined {
  const { jobDeploymentStatus, rayClusterName } = status;
  // A spec that is refused from the start has no name for a cluster.
  if (jobDeploymentStatus !== "ValidationFailed" || !rayClusterName) return undefined;
  const deletion = `\`kubectl -n ${quoted(namespace)} delete rayjob ${quoted(name)}\``;
  if (!isGiven(clusterSelectorOf(spec))) {
    const runs = hasClusterStill(status) ? "runs on" : "may run on";
    return `Its cluster ${rayClusterName} ${runs}, and KubeRay never deletes it: \`pulumi destroy\` does, or ${deletion}`;
  }
  if (hasEnded(status)) return undefined;
  return `It may run on, on the cluster ${rayClusterName}, and KubeRay never stops it: \`pulumi destroy\` does, or ${deletion}`;
}

interface Begun {
  readonly metadata: Pick<RayJob["metadata"], "namespace" | "name">;
  readonly spec: RayJob["spec"];
  readonly status?: RayJobStatus;
}

// One that had ended may have lost its cluster to a TTL or a rule.
function hasClusterStill({ jobStatus, dashboardURL, rayClusterStatus, endTime }: RayJobStatus): boolean {
  // KubeRay writes the cluster's status from the beginning, with zeros in it; the time only once there is a cluster.
  return !endTime && Boolean(jobStatus || dashboardURL || rayClusterStatus?.lastUpdateTime);
}

function hasEnded({ jobStatus = "" }: RayJobStatus): boolean {
  return ["STOPPED", "SUCCEEDED", "FAILED"].includes(jobStatus);
}
