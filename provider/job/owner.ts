import { createHash } from "node:crypto";
import type { PropertyMap } from "../values/value.ts";
import type { RayJob, RayJobManifest } from "./rayJob.ts";

/** The Pulumi resource, in one particular state, that a RayJob belongs to. */
export interface Owner {
  readonly urn: string;
  /** The ID of the resource's provider, which no two states share. */
  readonly providerId: string;
  /** The start of a hash of both: they are too long for a label. */
  readonly id: string;
  /** The label selector that lists the resource's RayJobs: what a killed deployment has left, too. */
  readonly selector: string;
}

/**
 * The URN alone would not do: it names neither the organization nor the backend, so that two people may have the same
 * stack of the same project. The provider's ID is in the state before any resource of the provider is created.
 */
export function ownerOf(urn: string, providerId: string): Owner {
  const id = createHash("sha256").update(`${urn} ${providerId}`).digest("hex").slice(0, 16);
  return { urn, providerId, id, selector: `${ownerLabel}=${id}` };
}

/** Labels and annotations with this prefix say whose a RayJob is; users cannot set them. */
export const reservedPrefix = "pulumi-rayjob/";
export const managedByLabel = "app.kubernetes.io/managed-by";
const inCreationLabel = `${reservedPrefix}in-creation`;

/** The label by which a resource's RayJobs are found. */
export function ownerLabels(owner: Owner): Readonly<Record<string, string>> {
  return { [ownerLabel]: owner.id };
}

/**
 * The label of a RayJob that is in no state yet. Taken off at the end of the operation that has put it into one; a killed
 * deployment leaves it behind, and what has it can be deleted by its owner without a loss.
 */
export const inCreation: Readonly<Record<string, string>> = { [inCreationLabel]: "true" };

/** Whether the RayJob still has that label. */
export function isInCreation({ metadata: { labels = {} } }: RayJob): boolean {
  return labels[inCreationLabel] !== undefined;
}

/** The merge patch that takes the label off. */
export const recorded: PropertyMap = { metadata: { labels: { [inCreationLabel]: null } } };

/**
 * The label selector that lists what killed deployments have left, anybody's: the owners of a large program would make an
 * address that gateways refuse.
 */
export const leftoverSelector = inCreationLabel;

/** The annotations that tell a resource's RayJobs, and their runs, apart. */
export function ownerAnnotations(owner: Owner, fingerprint: string): Readonly<Record<string, string>> {
  return {
    [urnAnnotation]: owner.urn,
    [providerAnnotation]: owner.providerId,
    [fingerprintAnnotation]: fingerprint,
  };
}

/** The URN of the resource that a found RayJob was made for, in whichever state; undefined if this package has not made it. */
export function urnOf(found: Annotated): string | undefined {
  return found.metadata.annotations?.[urnAnnotation];
}

const ownerLabel = `${reservedPrefix}owner`;
const urnAnnotation = `${reservedPrefix}urn`;
const providerAnnotation = `${reservedPrefix}provider`;
const fingerprintAnnotation = `${reservedPrefix}fingerprint`;

/** Whose a found RayJob is, seen from one that is about to be created. */
export type Ownership = "same run" | "other run" | "another owner";

/**
 * Compares a RayJob found on the cluster with the one that was to be created: the `same run` of the same resource can be
 * adopted, an `other run` of it is out of date, and one of an `another owner` is not ours to touch.
 */
export function ownershipOf(found: Annotated, expected: RayJobManifest): Ownership {
  const ofOwner = [urnAnnotation, providerAnnotation].every((name) => sameAnnotation(name, found, expected));
  if (!ofOwner) return "another owner";
  return sameAnnotation(fingerprintAnnotation, found, expected) ? "same run" : "other run";
}

/** Whether the RayJob is this resource's, in this state. */
export function isOwnedBy({ metadata: { annotations = {} } }: Annotated, { urn, providerId }: Owner): boolean {
  return annotations[urnAnnotation] === urn && annotations[providerAnnotation] === providerId;
}

interface Annotated {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
}

function sameAnnotation(name: string, found: Annotated, expected: Annotated): boolean {
  const value = expected.metadata.annotations?.[name];
  return value !== undefined && found.metadata.annotations?.[name] === value;
}
