import { isKnown, type PropertyMap, UNKNOWN } from "../values/value.ts";
import { fingerprinted, fingerprintOf } from "./fingerprint.ts";

/** KubeRay refuses longer names of RayJobs: it appends to them, and Kubernetes takes 63 characters. */
export const maxNameLength = 47;

/**
 * The name of a RayJob on the cluster: the resource's name made fit for Kubernetes, and the start of the job's
 * fingerprint. Unknown as long as the fingerprint is.
 */
export function rayJobNameOf(logicalName: string, inputs: PropertyMap): string | typeof UNKNOWN {
  if (!isKnown(fingerprinted(inputs))) return UNKNOWN;
  const suffix = `-${fingerprintOf(inputs).slice(0, 8)}`;
  return stemOf(logicalName, maxNameLength - suffix.length) + suffix;
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
