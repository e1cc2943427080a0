import type { StandIn } from "../standIn.ts";

export function configMap(
  { namespace }: StandIn,
  { data = {}, ...metadata }: { data?: object; [name: string]: unknown },
  customTimeouts?: object,
) {
  return {
    type: "kubernetes:core/v1:ConfigMap",
    properties: { metadata: { namespace, ...metadata }, data },
    ...(customTimeouts && { options: { customTimeouts } }),
  };
}

export function claim(
  { namespace }: StandIn,
  { class: storageClassName }: { class?: string },
  customTimeouts?: object,
) {
  const resources = { requests: { storage: "1Gi" } };
  return {
    type: "kubernetes:core/v1:PersistentVolumeClaim",
    properties: {
      metadata: { namespace },
      spec: { accessModes: ["ReadWriteOnce"], resources, ...(storageClassName && { storageClassName }) },
    },
    ...(customTimeouts && { options: { customTimeouts } }),
  };
}

interface DeploymentDetails {
  readonly app?: string;
  readonly container?: object;
  readonly annotations?: object;
  readonly progressDeadlineSeconds?: number;
}

export function deployment(
  { namespace }: StandIn,
  { app = "pause", container, annotations = {}, ...spec }: DeploymentDetails,
  customTimeouts?: object,
) {
  const containers = [container ?? { name: "lost", image: "sandbox.local/pause:1" }];
  const template = { metadata: { labels: { app } }, spec: { terminationGracePeriodSeconds: 0, containers } };
  return {
    type: "kubernetes:apps/v1:Deployment",
    properties: {
      metadata: { namespace, annotations },
      spec: { selector: { matchLabels: { app } }, template, ...spec },
    },
    ...(customTimeouts && { options: { customTimeouts } }),
  };
}

export function binding({ namespace }: StandIn, role: string) {
  return {
    type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
    properties: {
      metadata: { namespace },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
      subjects: [{ kind: "ServiceAccount", name: "default", namespace }],
    },
  };
}

export async function storageClass(standIn: StandIn, name: string, volumeBindingMode: string): Promise<void> {
  const body = { metadata: { name }, provisioner: "example.com/none", volumeBindingMode };
  await standIn.send("POST", "/apis/storage.k8s.io/v1/storageclasses", body);
}
