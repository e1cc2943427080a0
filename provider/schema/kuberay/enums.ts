/** A field of KubeRay's that takes a few texts. */
export interface KubeRayEnum {
  readonly name: string;
  readonly at: readonly string[];
  readonly description: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Those that the CRDs list, and those that the API server checks by a rule of its own or Kubernetes later. */
export const kubeRayEnums: readonly KubeRayEnum[] = [
  {
    name: "HeadServiceType",
    at: ["rayClusterSpec.headGroupSpec.serviceType"],
    description: "The type of the Service of a Ray cluster's head.",
    values: {
      ClusterIP: "It is reached from inside of the Kubernetes cluster.",
      NodePort: "It is reached at a port of every node, too.",
      LoadBalancer: "It is reached by a load balancer of the cloud, too: KubeRay makes two of them.",
    },
  },
  {
    name: "ImagePullPolicy",
    at: [
      "rayClusterSpec.autoscalerOptions.imagePullPolicy",
      "rayClusterSpec.historyServerOptions.collectorOptions.imagePullPolicy",
    ],
    description: "When a container's image is pulled.",
    values: {
      Always: "Each time that a container starts.",
      IfNotPresent: "When the node does not have it yet.",
      Never: "Not at all: the node must have it.",
    },
  },
  {
    name: "UpscalingMode",
    at: ["rayClusterSpec.autoscalerOptions.upscalingMode"],
    description: "How fast Ray's autoscaler adds workers.",
    values: {
      Default: "As fast as tasks ask for them.",
      Aggressive: "The same as Default.",
      Conservative: "At most as many at once as there are already.",
    },
  },
  {
    name: "AutoscalerVersion",
    at: ["rayClusterSpec.autoscalerOptions.version"],
    description: "Which autoscaler of Ray's.",
    values: { v1: "The one of Ray before 2.47.", v2: "The one that is part of Ray's control plane." },
  },
  {
    name: "AuthMode",
    at: ["rayClusterSpec.authOptions.mode"],
    description: "Whether Ray asks for a token.",
    values: { disabled: "Nobody is asked.", token: "Everybody is. Needs Ray 2.52 and `rayVersion`." },
  },
  {
    name: "GcsStorageBackend",
    at: ["rayClusterSpec.gcsFaultToleranceOptions.backend"],
    description: "What keeps the state of the head.",
    values: {
      redis: "A Redis outside of the cluster.",
      rocksdb: "A claim of the cluster's own. Behind a feature gate.",
    },
  },
  {
    name: "GcsStorageDeletionPolicy",
    at: ["rayClusterSpec.gcsFaultToleranceOptions.storage.deletionPolicy"],
    description: "What becomes of the claim of an embedded store.",
    values: { DeleteWithCluster: "It goes with the cluster.", Retain: "It stays, with what is on it." },
  },
  {
    name: "IngressPathType",
    at: ["rayClusterSpec.headGroupSpec.ingressOptions.pathType"],
    description: "How an Ingress compares a path.",
    values: {
      Exact: "It must be the same.",
      Prefix: "It must start with it.",
      ImplementationSpecific: "As the Ingress controller has it.",
    },
  },
  {
    name: "RayNetworkPolicyMode",
    at: ["rayClusterSpec.networkPolicy.mode"],
    description: "What is denied to the pods of a Ray cluster unless a rule allows it.",
    values: {
      DenyAll: "To receive and to send are denied.",
      DenyAllIngress: "To receive is denied; they may send.",
      DenyAllEgress: "To send is denied; they may receive.",
    },
  },
  {
    name: "UpgradeStrategyType",
    at: ["rayClusterSpec.upgradeStrategy.type"],
    description: "Whether a changed cluster's pods are made again.",
    values: { Recreate: "All at once.", None: "They are not." },
  },
  {
    name: "DeletionPolicyType",
    at: [
      "deletionStrategy.onFailure.policy",
      "deletionStrategy.onSuccess.policy",
      "deletionStrategy.deletionRules[].policy",
    ],
    description: "What KubeRay deletes.",
    values: {
      DeleteCluster: "The Ray cluster, head and workers.",
      DeleteWorkers: "Its workers; the head with its dashboard stays.",
      DeleteSelf: "The RayJob, and all that belongs to it.",
      DeleteNone: "Nothing: the cluster runs on, and costs.",
    },
  },
  {
    name: "DeletionJobStatus",
    at: ["deletionStrategy.deletionRules[].condition.jobStatus"],
    description: "An end of a job by what Ray says.",
    values: { SUCCEEDED: "It has succeeded.", FAILED: "It has failed." },
  },
  {
    name: "DeletionJobDeploymentStatus",
    at: ["deletionStrategy.deletionRules[].condition.jobDeploymentStatus"],
    description: "An end of a job by KubeRay's own judgement.",
    values: { Failed: "It has failed, for whatever reason." },
  },
];

/** Enums that this package's own arguments have as well, by where KubeRay takes their words. */
export const sharedEnums: Readonly<Record<string, string>> = {
  "rayClusterSpec.managedBy": "Controller",
  "rayClusterSpec.gcsFaultToleranceOptions.storage.accessModes[]": "AccessMode",
};
