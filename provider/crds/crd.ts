import { digestOf } from "../values/digest.ts";
import type { PropertyMap } from "../values/value.ts";

/** A CustomResourceDefinition (apiextensions.k8s.io/v1), as far as it is read here. */
export interface Crd {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly uid?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
    readonly managedFields?: readonly ManagedFields[];
  };
  readonly spec: PropertyMap & {
    readonly group: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly CrdVersion[];
  };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

export interface CrdVersion extends PropertyMap {
  readonly name: string;
}

/** Who set which fields of an object, and when. */
export interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
  readonly time?: string;
  readonly fieldsV1?: PropertyMap;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** The annotation by which the next deployment knows of which KubeRay a CRD is: KubeRay's own files do not say it. */
export const versionAnnotation = "pulumi-rayjob/kuberay-version";

/** What is sent to the API server for a released CRD. */
export function manifestOf(released: Crd, version: string): Crd {
  const { apiVersion, kind, metadata, spec } = released;
  const annotations = { ...metadata.annotations, [versionAnnotation]: version };
  return { apiVersion, kind, metadata: { name: metadata.name, annotations }, spec };
}

/** Tells one spec of a CRD from another, as the API server stores it. */
export function fingerprintOf({ spec }: Crd): string {
  return digestOf(spec);
}
