import type { KubeRayVersion } from "./release.ts";

/**
 * KubeRay's CRDs at one version. They are applied server-side, verified by the SHA-256 of the released files, and take
 * kilobytes in the state. A cluster has them once, for all its namespaces.
 *
 * CRDs that are there already are taken over, whoever installed them, unless they are newer or somebody goes on
 * managing them: both are errors that say what is in the way.
 */
export interface KubeRayCrdsArgs {
  /**
   * KubeRay's version, the operator's: CRDs first, then the operator. Default `1.6.2`. A newer one updates the CRDs in
   * place, and the objects of them stay; an older one is refused.
   */
  readonly version?: KubeRayVersion;
  /**
   * Where the files `ray.io_rayjobs.yaml` and so on are: a folder, relative to the program's own, or a base URL. They
   * must be the released ones, byte for byte. Default: those that a release of this package carries, which are the files
   * of `1.6.2`, or else the release in KubeRay's repository on GitHub. A change does nothing on the cluster.
   */
  readonly source?: string;
  /**
   * Whether the CRDs stay when this resource is deleted. Default true, because with the CRDs every Ray job, cluster and
   * service of the whole cluster is deleted, other teams' too. With false, delete Ray jobs of others first: their finalizers
   * need an operator that runs. A change does nothing on the cluster.
   */
  readonly retainOnDelete?: boolean;
  /**
   * Whether to apply the CRDs although something is taken away by it: from a program that goes on managing them, such as
   * Argo CD, or, for CRDs newer than `version`, the fields that it does not know. Default false. A change does nothing on the cluster.
   */
  readonly force?: boolean;
  /**
   * The namespace in which the operator of these CRDs is installed next. If it is given, a cluster that has an operator for
   * all of its namespaces already is refused: both would work on every job. Default: operators are not looked for.
   * A change does nothing on the cluster.
   */
  readonly operatorNamespace?: string;
}
