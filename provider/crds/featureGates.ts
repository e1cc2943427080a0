import { compareVersions, type KubeRayVersion } from "./release.ts";

/**
 * KubeRay's feature gates: the first of the known versions that has each, the first that has it on unless it is told otherwise,
 * and the first that has it no more.
 */
export const featureGates = {
  RayClusterStatusConditions: { since: "1.5.1", onSince: "1.5.1" },
  RayJobDeletionPolicy: { since: "1.5.1", onSince: "1.6.2" },
  RayMultiHostIndexing: { since: "1.5.1", onSince: "1.6.2" },
  RayServiceIncrementalUpgrade: { since: "1.5.1", onSince: "1.7.0" },
  RayCronJob: { since: "1.6.2" },
  AsyncJobInfoQuery: { since: "1.6.2", until: "1.7.0" },
  RayClusterMTLS: { since: "1.7.0" },
  RayClusterNetworkPolicy: { since: "1.7.0" },
  RayClusterHistoryServer: { since: "1.7.0" },
  SidecarSubmitterRestart: { since: "1.7.0" },
  GCSFaultToleranceEmbeddedStorage: { since: "1.7.0" },
  KubernetesWAS: { since: "1.7.0" },
} as const satisfies Record<string, Availability>;

export type FeatureGate = keyof typeof featureGates;

interface Availability {
  readonly since: KubeRayVersion;
  readonly onSince?: KubeRayVersion;
  readonly until?: KubeRayVersion;
}

export function isFeatureGate(name: string): name is FeatureGate {
  return Object.hasOwn(featureGates, name);
}

/** Whether a version of KubeRay has the gate on where nothing is said. */
export function isOnByDefault(gate: FeatureGate, version: string): boolean {
  const { onSince }: Availability = featureGates[gate];
  return onSince !== undefined && compareVersions(version, onSince) >= 0;
}

/** The gates of a version of KubeRay. An operator that is given another one does not start. */
export function featureGatesOf(version: string): FeatureGate[] {
  const names = Object.keys(featureGates) as FeatureGate[];
  return names.filter((name) => {
    const { since, until }: Availability = featureGates[name];
    return compareVersions(version, since) >= 0 && (until === undefined || compareVersions(version, until) < 0);
  });
}
