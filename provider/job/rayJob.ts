import type { PropertyMap } from "../values/value.ts";

/** A RayJob as the API server stores it (ray.io/v1). Only what this package reads is spelled out. */
export interface RayJob {
  readonly apiVersion: "ray.io/v1";
  readonly kind: "RayJob";
  readonly metadata: RayJobMetadata;
  readonly spec: PropertyMap;
  readonly status?: RayJobStatus;
}

export interface RayJobMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Who has written which fields. */
  readonly managedFields?: readonly { readonly manager?: string; readonly fieldsV1?: PropertyMap }[];
}

/** What the KubeRay operator reports. Every field may be absent: before its first reconcile the whole status is. */
export interface RayJobStatus {
  readonly jobId?: string;
  readonly jobStatus?: "" | "PENDING" | "RUNNING" | "STOPPED" | "SUCCEEDED" | "FAILED";
  readonly jobDeploymentStatus?:
    | ""
    | "Initializing"
    | "Waiting"
    | "Running"
    | "Complete"
    | "Failed"
    | "ValidationFailed"
    | "Suspending"
    | "Suspended"
    | "Retrying";
  readonly reason?: string;
  readonly message?: string;
  readonly rayClusterName?: string;
  readonly dashboardURL?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly succeeded?: number;
  readonly failed?: number;
  readonly rayClusterStatus?: PropertyMap;
}

/** A RayJob that is about to be created: the part of it that a client writes. */
export interface RayJobManifest {
  readonly apiVersion: "ray.io/v1";
  readonly kind: "RayJob";
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: PropertyMap;
}
