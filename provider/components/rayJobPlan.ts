import { isPropertyMap, type PropertyMap, type Value } from "../values/value.ts";

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

/** Whether the component makes a bucket: for the code of a job that is in a local directory, where none is given. */
export function makesBucket(args: Value | undefined): boolean {
  const { existingBucket, jobs } = mapOf(args);
  if (existingBucket !== undefined && existingBucket !== null) return false;
  return Object.values(mapOf(jobs)).some((job) => isLocal(mapOf(mapOf(job).runtimeEnv).workingDir));
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

function mapOf(value: Value | undefined): PropertyMap {
  return isPropertyMap(value) ? value : {};
}
