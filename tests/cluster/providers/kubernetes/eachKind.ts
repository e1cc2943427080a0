/** One of each kind that the provider knows, depending on each other as they do in a component. */
export function eachKind(clusterWide: string) {
  const metadata = { namespace: "${namespace.metadata.name}" };
  const rbac = "rbac.authorization.k8s.io";
  const rules = [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }];
  const subjects = [{ kind: "ServiceAccount", name: "${account.metadata.name}", ...metadata }];
  const roleRef = (kind: string, role: string) => ({ apiGroup: rbac, kind, name: `\${${role}.metadata.name}` });
  // Kubernetes writes 1000m as 1.
  const resources = { limits: { cpu: "1000m", memory: "32Mi" } };
  const containers = [{ name: "pause", image: "sandbox.local/pause:1", resources }];
  return {
    namespace: { type: "kubernetes:core/v1:Namespace" },
    account: { type: "kubernetes:core/v1:ServiceAccount", properties: { metadata } },
    secret: {
      type: "kubernetes:core/v1:Secret",
      properties: { metadata, stringData: { "fn::secret": { password: "hunter2" } } },
    },
    map: { type: "kubernetes:core/v1:ConfigMap", properties: { metadata, data: { a: "b" } } },
    claim: {
      type: "kubernetes:core/v1:PersistentVolumeClaim",
      properties: {
        metadata,
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1024Mi" } } },
      },
    },
    role: { type: `kubernetes:${rbac}/v1:Role`, properties: { metadata, rules } },
    binding: {
      type: `kubernetes:${rbac}/v1:RoleBinding`,
      properties: { metadata, roleRef: roleRef("Role", "role"), subjects },
    },
    clusterRole: { type: `kubernetes:${rbac}/v1:ClusterRole`, properties: { metadata: { name: clusterWide }, rules } },
    clusterBinding: {
      type: `kubernetes:${rbac}/v1:ClusterRoleBinding`,
      properties: { metadata: { name: clusterWide }, roleRef: roleRef("ClusterRole", "clusterRole"), subjects },
    },
    deployment: {
      type: "kubernetes:apps/v1:Deployment",
      properties: {
        metadata,
        spec: {
          selector: { matchLabels: { app: "pause" } },
          template: {
            metadata: { labels: { app: "pause" } },
            spec: { terminationGracePeriodSeconds: 0, containers },
          },
        },
      },
    },
    service: {
      type: "kubernetes:core/v1:Service",
      properties: { metadata, spec: { selector: { app: "pause" }, ports: [{ port: 80 }] } },
    },
  };
}
