import { createHash } from "node:crypto";
import { isKnown, type PropertyMap, UNKNOWN } from "../values/value.ts";
import { fingerprinted, fingerprintOf } from "./fingerprint.ts";

/** KubeRay refuses longer names of RayJobs: it appends to them, and Kubernetes takes 63 characters. */
export const maxNameLength = 47;

/**
 * The name of a RayJob on the cluster: the resource's name made fit for Kubernetes, and a hash of the job's fingerprint
 * and of the resource's URN, since two stacks may run equal jobs in one namespace. Unknown as long as the fingerprint is.
 */
export function rayJobNameOf(resource: Subject, inputs: PropertyMap): string | typeof UNKNOWN {
  if (!isKnown(fingerprinted(inputs))) return UNKNOWN;
  const hash = createHash("sha256")
    .update(`${fingerprintOf(inputs)} ${resource.urn}`)
    .digest("hex");
  const suffix = `-${hash.slice(0, 8)}`;
  return stemOf(resource.name, maxNameLength - suffix.length) + suffix;
}

/**
 * A name that Kubernetes takes for a Secret, a claim or a service account: the name itself, if it is one, or else one like it with eight characters of
 * its hash, so that no two names become one.
 */
export function kubernetesNameOf(name: string): string {
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name)) return name;
  return fittedNameOf(name, 200);
}

/** A name like it, of at most so many lower-case letters, digits and dashes, with a dash and eight characters of its hash. */
export function fittedNameOf(name: string, mostOfStem: number): string {
  return `${stemOf(name, mostOfStem)}-${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
}

/** The resource that a RayJob is made for. */
export interface Subject {
  readonly urn: string;
  /** The name of the resource in the program. */
  readonly name: string;
}

function stemOf(logicalName: string, maxLength: number): string {
  const plain = dashed(logicalName.normalize("NFKD").replace(/\p{Mark}/gu, ""));
  const named = /^[a-z]/.test(plain) ? plain : dashed(`job-${plain}`);
  return dashed(named.slice(0, maxLength));
}

function dashed(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
