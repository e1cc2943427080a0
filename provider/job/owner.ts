import { createHash } from "node:crypto";
import type { RayJobManifest } from "./rayJob.ts";

/** The Pulumi resource that a RayJob belongs to. */
export interface Owner {
  readonly urn: string;
  /** The start of the URN's hash: a URN is too long for a label. */
  readonly id: string;
  /** The label selector that lists the resource's RayJobs: what a killed deployment has left, too. */
  readonly selector: string;
}

export function ownerOf(urn: string): Owner {
  const id = createHash("sha256").update(urn).digest("hex").slice(0, 16);
  return { urn, id, selector: `${ownerLabel}=${id}` };
}

/** Labels and annotations with this prefix say whose a RayJob is; users cannot set them. */
export const reservedPrefix = "pulumi-rayjob/";
export const managedByLabel = "app.kubernetes.io/managed-by";

/** The label by which a resource's RayJobs are found. */
export function ownerLabels(owner: Owner): Readonly<Record<string, string>> {
  return { [ownerLabel]: owner.id };
}

/** The annotations that tell a resource's RayJobs, and their runs, apart. */
export function ownerAnnotations(owner: Owner, fingerprint: string): Readonly<Record<string, string>> {
  return { [urnAnnotation]: owner.urn, [fingerprintAnnotation]: fingerprint };
}

const ownerLabel = `${reservedPrefix}owner`;
const urnAnnotation = `${reservedPrefix}urn`;
const fingerprintAnnotation = `${reservedPrefix}fingerprint`;

/** Whose a found RayJob is, seen from one that is about to be created. */
export type Ownership = "same run" | "other run" | "another owner";

/**
 * Compares a RayJob found on the cluster with the one that was to be created: the `same run` of the same resource can be
 * adopted, an `other run` of it is out of date, and one of an `another owner` is not ours to touch.
 */
export function ownershipOf(found: Annotated, expected: RayJobManifest): Ownership {
  if (!sameAnnotation(urnAnnotation, found, expected)) return "another owner";
  return sameAnnotation(fingerprintAnnotation, found, expected) ? "same run" : "other run";
}

interface Annotated {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
}

function sameAnnotation(name: string, found: Annotated, expected: Annotated): boolean {
  const value = expected.metadata.annotations?.[name];
  return value !== undefined && found.metadata.annotations?.[name] === value;
}
