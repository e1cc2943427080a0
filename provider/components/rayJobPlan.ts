import { archiveMade, isArchive } from "../values/archive.ts";
import { isList, mapOf, UNKNOWN, type Value } from "../values/value.ts";

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

/** Whether the component makes a bucket: where `bucket` is given, be it empty, or code of a job is on this machine. */
export function makesBucket(args: Value | undefined): boolean {
  const { existingBucket, bucket } = mapOf(args);
  if (existingBucket !== undefined && existingBucket !== null) return false;
  return (bucket !== undefined && bucket !== null) || packagesCode(args);
}

/** The parts of `existingBucket`: the bucket's name, and what follows the first `/`, if anything does. */
export function existingBucketParts(existingBucket: string): { readonly name: string; readonly prefix?: string } {
  const [name = "", ...prefix] = existingBucket.split("/");
  return prefix.length > 0 ? { name, prefix: prefix.join("/") } : { name };
}

/** Whether code of a job is on this machine. */
export function packagesCode(args: Value | undefined): boolean {
  return Object.values(mapOf(mapOf(args).jobs))
    .flatMap(codeOf)
    .some(isLocal);
}

/** Where the parts of a job's code are. */
export function codeOf(job: Value | undefined): (Value | undefined)[] {
  const { workingDir, pyModules } = mapOf(mapOf(job).runtimeEnv);
  return isList(pyModules) ? [workingDir, ...pyModules] : [workingDir, pyModules];
}

/** Whether a claim is to outlive the component: then so must its namespace. */
export function retainsClaims(args: Value | undefined): boolean {
  return Object.values(mapOf(mapOf(args).volumes)).some((volume) => mapOf(volume).retainOnDelete === true);
}

/** Whether a preview does not know yet which children there will be. */
export function isIncomplete(args: Value | undefined): boolean {
  const { jobs, volumes } = mapOf(args);
  const parts = [jobs, volumes, ...Object.values(mapOf(jobs)), ...Object.values(mapOf(volumes))];
  return [...parts, ...Object.values(mapOf(jobs)).flatMap(codeOf)].includes(UNKNOWN);
}

/** Whether code is on this machine: everything that is not a URI is. */
export function isLocal(code: Value | undefined): boolean {
  if (isArchive(code)) return archiveMade(code)?.of !== "uri";
  return typeof code === "string" && code !== "" && !/^[a-z][a-z0-9+.-]*:\/\//i.test(code);
}

/** Whether the job makes a cluster, into whose pods something can be put. */
export function hasOwnCluster(job: Value | undefined): boolean {
  const { existingCluster, clusterSelector } = mapOf(job);
  return (existingCluster ?? clusterSelector ?? null) === null;
}
