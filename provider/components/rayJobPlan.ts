import { isGiven } from "../job/defaults.ts";
import { mapOf, UNKNOWN, type Value } from "../values/value.ts";

/** Whether the component makes its namespace: that of other people is there already. */
export function makesNamespace(args: Value | undefined): boolean {
  const { namespace, createNamespace } = mapOf(args);
  if (typeof createNamespace === "boolean") return createNamespace;
  return namespace !== undefined && namespace !== null && namespace !== "default";
}

/** Whether the component installs KubeRay: unless it is told not to. */
export function installsOperator(args: Value | undefined): boolean {
  return mapOf(mapOf(args).operator).install !== false;
}

/** Whether the component makes a bucket: where its settings are given, or the code of a job is in a local directory. */
export function makesBucket(args: Value | undefined): boolean {
  const { existingBucket, bucket } = mapOf(args);
  if (existingBucket !== undefined && existingBucket !== null) return false;
  return isGiven(bucket) || packagesCode(args);
}

/** Whether the code of a job is in a local directory. */
export function packagesCode(args: Value | undefined): boolean {
  return Object.values(mapOf(mapOf(args).jobs)).some((job) => isLocal(mapOf(mapOf(job).runtimeEnv).workingDir));
}

/** Whether a claim is to outlive the component: then so must its namespace. */
export function retainsClaims(args: Value | undefined): boolean {
  return Object.values(mapOf(mapOf(args).volumes)).some((volume) => mapOf(volume).retainOnDelete === true);
}

/** Whether a preview does not know yet which children there will be. */
export function isIncomplete(args: Value | undefined): boolean {
  const { jobs, volumes } = mapOf(args);
  const parts = [jobs, volumes, ...Object.values(mapOf(jobs)), ...Object.values(mapOf(volumes))];
  const codes = Object.values(mapOf(jobs)).map((job) => mapOf(mapOf(job).runtimeEnv).workingDir);
  return [...parts, ...codes].includes(UNKNOWN);
}

/** Whether a working directory is on this machine: everything that is not a URI is. */
export function isLocal(workingDir: Value | undefined): boolean {
  return typeof workingDir === "string" && workingDir !== "" && !/^[a-z][a-z0-9+.-]*:\/\//i.test(workingDir);
}

/** Whether the job makes a cluster, into whose pods something can be put. */
export function hasOwnCluster(job: Value | undefined): boolean {
  const { existingCluster, clusterSelector } = mapOf(job);
  return (existingCluster ?? clusterSelector ?? null) === null;
}
