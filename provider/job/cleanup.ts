import { siblingOf } from "../values/urn.ts";
import type { Value } from "../values/value.ts";
import { type Owner, ownerOf } from "./owner.ts";

/**
 * Deletes what killed deployments have left of some `RayJob`s. When the plug-in or the engine is killed while a `RayJob` is
 * being created, a RayJob may run that no state knows. The next `pulumi up` takes it up again, but a `pulumi destroy`, or the
 * deployment of a program without that job, knows nothing of it. This resource deletes such RayJobs, and waits until they are
 * gone: all of them when it is deleted itself, those of one job when its name is taken out of `jobs`. It leaves alone what a
 * state holds or has held, a RayJob of a `retainOnDelete` included.
 *
 * Every `RayJobComponent` has one. For other jobs, give it their parent and their provider, and let them depend on it
 * (`dependsOn`), so that it is deleted after them.
 */
export interface RayJobCleanupArgs {
  /** The names of the `RayJob` resources, as the program calls them. A change is made in place; what is left of a job that is taken
   * out is deleted. */
  readonly jobs: readonly string[];
  /** The namespace of the jobs. Default: the provider's `namespace`, else `default`. A change replaces the resource. */
  readonly namespace?: string;
}

/** The outputs of a `RayJobCleanup`. */
export interface RayJobCleanupOutputs extends RayJobCleanupArgs {
  /** The namespace of the jobs. */
  readonly namespace: string;
  /** The UID of the namespace `kube-system` of the cluster that the jobs are on. Another cluster is refused. */
  readonly clusterUid: string;
  /**
   * The IDs of the providers that the jobs have had, the last 20. Another version of this package is another provider, and
   * what a killed deployment has left bears the ID of its own.
   */
  readonly providerIds: readonly string[];
}

/** The `RayJob` resources of these names that are siblings of the resource with this URN, under each of these providers. */
export function siblingJobs(urn: string, providerIds: readonly string[], names: readonly string[]): Owner[] {
  const urns = names.map((name) => siblingOf(urn, "rayjob:index:RayJob", name));
  return urns.flatMap((sibling) => providerIds.map((providerId) => ownerOf(sibling, providerId)));
}

/** The output `providerIds` once there is this provider, too. */
export function withProviderId(before: Value | undefined, providerId: string): string[] {
  return [...textsOf(before).filter((known) => known !== providerId), providerId].slice(-mostProviderIds);
}

/** Whether the output `providerIds` has this provider. */
export function knowsProviderId(providerIds: Value | undefined, providerId: string): boolean {
  return textsOf(providerIds).includes(providerId);
}

const mostProviderIds = 20;

/** The names that are in the first list and not in the second. */
export function droppedJobs(before: Value | undefined, after: Value | undefined): string[] {
  const kept = jobNames(after);
  return jobNames(before).filter((name) => !kept.includes(name));
}

export function jobNames(jobs: Value | undefined): string[] {
  return textsOf(jobs);
}

function textsOf(list: Value | undefined): string[] {
  return Array.isArray(list) ? list.map(String) : [];
}
