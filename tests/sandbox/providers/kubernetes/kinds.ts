/** A type of Kubernetes object that the stand-in serves. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  /** As the API server's paths have it. */
  readonly plural: string;
  readonly namespaced: boolean;
  /** What an object has beside apiVersion, kind and metadata. */
  readonly properties: readonly string[];
  /** A change of these replaces the object, as it does with the official plug-in. */
  readonly replacing: readonly string[];
  /** What the cluster decides at the creation, so that a preview cannot know it. */
  readonly decidedLater?: readonly string[];
}

const rbac = "rbac.authorization.k8s.io/v1";

/** Everything that the components create, what the operator's chart is made of, and what people would write instead of a `rayjob:RayJob`. */
export const kinds: readonly Kind[] = [
  cluster("v1", "Namespace", "namespaces", ["spec", "status"]),
  namespaced("v1", "ServiceAccount", "serviceaccounts", [
    "automountServiceAccountToken",
    "imagePullSecrets",
    "secrets",
  ]),
  {
    ...namespaced("v1", "PersistentVolumeClaim", "persistentvolumeclaims", ["spec", "status"]),
    replacing: [
      "spec.accessModes",
      "spec.dataSource",
      "spec.dataSourceRef",
      "spec.selector",
      "spec.storageClassName",
      "spec.volumeMode",
      "spec.volumeName",
    ],
  },
  {
    ...namespaced("v1", "Secret", "secrets", ["data", "immutable", "stringData", "type"]),
    replacing: ["data", "stringData", "type"],
  },
  {
    ...namespaced("v1", "ConfigMap", "configmaps", ["binaryData", "data", "immutable"]),
    replacing: ["binaryData", "data"],
  },
  {
    ...namespaced("v1", "Service", "services", ["spec", "status"]),
    replacing: ["spec.clusterIP"],
    decidedLater: ["spec.clusterIP", "spec.clusterIPs"],
  },
  { ...namespaced("apps/v1", "Deployment", "deployments", ["spec", "status"]), replacing: ["spec.selector"] },
  cluster(rbac, "ClusterRole", "clusterroles", ["aggregationRule", "rules"]),
  { ...cluster(rbac, "ClusterRoleBinding", "clusterrolebindings", ["roleRef", "subjects"]), replacing: ["roleRef"] },
  namespaced(rbac, "Role", "roles", ["rules"]),
  namespaced("ray.io/v1", "RayJob", "rayjobs", ["spec", "status"]),
  { ...namespaced(rbac, "RoleBinding", "rolebindings", ["roleRef", "subjects"]), replacing: ["roleRef"] },
];

/** The type's token: `kubernetes:core/v1:Namespace`, `kubernetes:apps/v1:Deployment`. */
export function tokenOf({ apiVersion, kind }: Pick<Kind, "apiVersion" | "kind">): string {
  return `kubernetes:${apiVersion === "v1" ? "core/v1" : apiVersion}:${kind}`;
}

export function findKind(apiVersion: unknown, kind: unknown): Kind | undefined {
  return kinds.find((candidate) => candidate.apiVersion === apiVersion && candidate.kind === kind);
}

function cluster(apiVersion: string, kind: string, plural: string, properties: readonly string[]): Kind {
  return { apiVersion, kind, plural, namespaced: false, properties, replacing: [] };
}

function namespaced(apiVersion: string, kind: string, plural: string, properties: readonly string[]): Kind {
  return { ...cluster(apiVersion, kind, plural, properties), namespaced: true };
}
