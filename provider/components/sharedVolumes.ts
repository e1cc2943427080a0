import type { Finding } from "../findings/finding.ts";
import { isGiven } from "../job/defaults.ts";
import { listed } from "../job/listed.ts";
import { withClusterWritten } from "../job/shortForm.ts";
import { isList, listOf, mapOf, type PropertyMap, type Value } from "../values/value.ts";
import { hasOwnCluster } from "./rayJobPlan.ts";

/** What is said of claims that the pods of one node alone can share, to whoever has jobs with workers. */
export function sharedVolumeWarnings(args: PropertyMap): string[] {
  const jobs = jobsWithWorkers(args);
  if (jobs.length === 0) return [];
  return volumesFor("ReadWriteOnce", args).map(
    (name) =>
      `The volume "${name}" is ReadWriteOnce: its pods must be on one node, and the workers of ${listed(jobs)} stay pending ` +
      "where that has no room for them. For several nodes set its `accessModes` to ReadWriteMany, with a storage class that " +
      "has it",
  );
}

/** Refuses claims that a single pod can have, for jobs with workers: the second pod would wait for ever. */
export function singlePodVolumes(args: PropertyMap): Finding[] {
  const jobs = jobsWithWorkers(args);
  if (jobs.length === 0) return [];
  return volumesFor("ReadWriteOncePod", args).map((name) => ({
    code: "RJ910",
    severity: "error",
    path: ["volumes", name, "accessModes"],
    problem: `Cannot mount the claim of "${name}" in the head and the workers of ${listed(jobs)}: it is for a single pod`,
    hint: 'Use "ReadWriteMany", or "ReadWriteOnce" for pods that are all on one node',
  }));
}

/** The volumes whose claim is made here with this access mode and no other. */
function volumesFor(mode: string, { volumes }: PropertyMap): string[] {
  const made = Object.entries(mapOf(volumes)).filter(([, volume]) => {
    const { existingClaim, accessModes } = mapOf(volume);
    const modes = isGiven(accessModes) ? accessModes : ["ReadWriteOnce"];
    return !isGiven(existingClaim) && isList(modes) && modes.length > 0 && modes.every((each) => each === mode);
  });
  return made.map(([name]) => name);
}

function jobsWithWorkers({ jobs }: PropertyMap): string[] {
  const named = Object.entries(mapOf(jobs)).filter(([, job]) => hasOwnCluster(job) && hasWorkers(job));
  return named.map(([name]) => name);
}

function hasWorkers(job: Value | undefined): boolean {
  const { workerGroupSpecs, enableInTreeAutoscaling } = mapOf(withClusterWritten(mapOf(job)).rayClusterSpec);
  return listOf(workerGroupSpecs).some((group) => {
    const { replicas, minReplicas, maxReplicas } = mapOf(group);
    const most = enableInTreeAutoscaling === true ? [maxReplicas ?? 1] : [replicas ?? 0, minReplicas ?? 0];
    return most.some((count) => typeof count === "number" && count > 0);
  });
}
