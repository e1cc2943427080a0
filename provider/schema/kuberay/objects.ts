/** An object of KubeRay's that gets a type of its own in the schema. What fields it has, and what they take, its CRDs say. */
export interface KubeRayObject {
  readonly name: string;
  /** Where it is found in a RayJob's spec; `[]` is an element of a list. */
  readonly at: readonly string[];
  readonly description: string;
  /** What each field is. Since which version there is one is added. */
  readonly fields: Readonly<Record<string, string>>;
  /** What to use instead of fields that KubeRay gives up. */
  readonly deprecated?: Readonly<Record<string, string>>;
}

const useRules = "KubeRay gives it up for `deletionRules`, which also see deadlines and failed submissions.";

export const kubeRayObjects: readonly KubeRayObject[] = [
  {
    name: "RayClusterSpec",
    at: ["rayClusterSpec"],
    description:
      "The Ray cluster that KubeRay makes for the job: a head, and groups of workers. See [KubeRay's guide to its settings]" +
      "(https://docs.ray.io/en/latest/cluster/kubernetes/user-guides/config.html).",
    fields: {
      authOptions: "Whether Ray's dashboard and API ask for a token. Default: they do not.",
      autoscalerOptions: "The autoscaler, where `enableInTreeAutoscaling` is true. Default: as KubeRay has it.",
      enableInTreeAutoscaling: "Whether Ray adds and removes workers by what its tasks ask for. Default false.",
      gcsFaultToleranceOptions:
        "A store that lets the cluster survive the loss of its head. It does not keep the job alive, so that few jobs need it. Default: none.",
      headGroupSpec:
        "The head: Ray's control plane, and the driver unless the entrypoint reserves something elsewhere.",
      headServiceAnnotations: "Annotations of the Service of the head. Default: none.",
      historyServerOptions:
        "What collects the cluster's events and logs for Ray's history server. Alpha, behind a feature gate. Default: nothing is collected.",
      managedBy:
        "The controller in charge of the cluster. Default: the RayJob's own `managedBy`, to which it is best left.",
      networkPolicy:
        "Who may talk to the pods of the cluster. Alpha, behind a feature gate. The operator itself needs port 8265 of the head, and DNS " +
        "has to be let out. Default: everybody may.",
      rayVersion:
        "The version of Ray in the image, such as `2.52.0`. KubeRay does not look into the image: `metadata`, authentication and " +
        "priorities need it to be said. Default: not known to KubeRay.",
      suspend:
        "Whether the cluster is held back. Default false. KubeRay sets it for a RayJob: use the job's own `suspend`.",
      tlsOptions:
        "TLS between the nodes of the cluster. Alpha, behind a feature gate; needs cert-manager. Default: none.",
      upgradeStrategy:
        "What a change of the cluster does. Refused, whatever it says: a job's cluster is never changed.",
      workerGroupSpecs: "The groups of workers. Default: none, and the head does all the work.",
    },
  },
  {
    name: "HeadGroupSpec",
    at: ["rayClusterSpec.headGroupSpec"],
    description: "The head of a Ray cluster: one pod.",
    fields: {
      enableIngress: "Whether an Ingress to the dashboard is made. Default false.",
      headService:
        "A Service of your own for the head, of which KubeRay sets the selector. Default: KubeRay makes it. A fixed name collides with " +
        "that of a second attempt.",
      ingressOptions:
        "Host, path and TLS of the Ingress, where `enableIngress` is true. Default: any host, the path `/`, no TLS.",
      labels: "Labels of the Ray node, by which Ray schedules; not those of the pod. Default: none.",
      rayStartParams:
        "Options of `ray start` without their dashes: `num-cpus`, `num-gpus`, `object-store-memory`, `dashboard-host`. By default Ray " +
        "sees what the container's limits say. All values are texts.",
      resources:
        "What Ray counts on this node, as texts: `CPU`, `GPU`, `memory` in bytes, or names of your own. Default: the container's limits.",
      serviceType: "The type of the head's Service. Default `ClusterIP`. `LoadBalancer` makes two, one of them stable.",
      template: "The pod. Its first container is Ray's.",
    },
  },
  {
    name: "WorkerGroupSpec",
    at: ["rayClusterSpec.workerGroupSpecs[]"],
    description: "A group of equal workers of a Ray cluster.",
    fields: {
      groupName: "The name of the group, unique in the cluster.",
      idleTimeoutSeconds:
        "Seconds without work after which the autoscaler, version `v2`, removes a worker of this group. Default: that of " +
        "`autoscalerOptions`.",
      labels: "Labels of the Ray nodes, by which Ray schedules; not those of the pods. Default: none.",
      maxReplicas: "The most replicas that the autoscaler makes. Default: without limit.",
      minReplicas: "The fewest replicas that the autoscaler keeps. Default 0.",
      numOfHosts: "How many pods one replica is: more than one for a slice of TPUs. Default 1.",
      priority: "Which group the autoscaler, version `v2`, grows first: the highest. Needs Ray 2.56. Default 0.",
      rayStartParams:
        "Options of `ray start` without their dashes, as texts. By default Ray sees what the container's limits say.",
      replicas:
        "How many there are, between `minReplicas` and `maxReplicas`; with the autoscaler, at the start. Default 0: no worker.",
      resources: "What Ray counts on each of these nodes, as texts. Default: the container's limits.",
      scaleStrategy: "Which workers go first. Default: any. It is the autoscaler's to write.",
      suspend: "Whether the group's pods are deleted. Default false. It is KubeRay's to write, for deletion rules.",
      template: "The pod. Its first container is Ray's. Default: one container with the head's image.",
    },
  },
  {
    name: "ScaleStrategy",
    at: ["rayClusterSpec.workerGroupSpecs[].scaleStrategy"],
    description: "Which workers of a group go first when it gets smaller.",
    fields: { workersToDelete: "The names of the pods. Default: none." },
  },
  {
    name: "AutoscalerOptions",
    at: ["rayClusterSpec.autoscalerOptions"],
    description:
      "Ray's autoscaler, a container in the head pod. See [KubeRay's guide to it]" +
      "(https://docs.ray.io/en/latest/cluster/kubernetes/user-guides/configuring-autoscaling.html).",
    fields: {
      args: "Arguments of its command. Default: KubeRay's.",
      command: "Its command. Default: KubeRay's.",
      env: "Environment variables of the container. Default: none but KubeRay's.",
      envFrom: "ConfigMaps and Secrets whose keys become environment variables of the container. Default: none.",
      idleTimeoutSeconds: "Seconds without work after which a worker is removed. Default 60.",
      image: "Its image. Default: the head's.",
      imagePullPolicy: "When the image is pulled. Default: the head's.",
      resources: "What it requests and may use. Default: half a CPU and 512Mi.",
      securityContext: "The container's rights. Default: those of the image.",
      upscalingMode: "How fast it adds workers. Default `Default`.",
      version: "Which autoscaler. Default: what the version of Ray takes, `v2` since 2.47.",
      volumeMounts: "Volumes of the head's pod in the container. Default: none but Ray's logs.",
    },
  },
  {
    name: "AuthOptions",
    at: ["rayClusterSpec.authOptions"],
    description:
      "Whether Ray's dashboard and API ask for a token. See [KubeRay's guide to it]" +
      "(https://docs.ray.io/en/latest/cluster/kubernetes/user-guides/kuberay-auth.html). Needs Ray 2.52.",
    fields: {
      enableK8sTokenAuth:
        "Whether Kubernetes' own tokens are taken. Default false; true is refused: KubeRay cannot submit a job with them.",
      mode: "Whether a token is asked for. Required: without it KubeRay makes a token, and nothing asks for it.",
      secretName: "The Secret that holds the token under the key `auth_token`. Default: KubeRay makes one.",
    },
  },
  {
    name: "GcsFaultToleranceOptions",
    at: ["rayClusterSpec.gcsFaultToleranceOptions"],
    description:
      "A store for the state of the head, outside of it. See [KubeRay's guide to it]" +
      "(https://docs.ray.io/en/latest/cluster/kubernetes/user-guides/kuberay-gcs-ft.html).",
    fields: {
      backend: "What kind of store. It cannot be changed later. Default `redis`.",
      externalStorageNamespace: "What the keys of this cluster start with. Default: the cluster's UID.",
      redisAddress: "Where Redis is: `redis:6379`. Required for the backend `redis`.",
      redisPassword: "The password for Redis. Default: none.",
      redisUsername: "The user of Redis. Default: Redis' own default user.",
      storage: "The claim of the embedded store of the backend `rocksdb`. Default: one of 1Gi that is made.",
    },
  },
  {
    name: "RedisCredential",
    at: [
      "rayClusterSpec.gcsFaultToleranceOptions.redisPassword",
      "rayClusterSpec.gcsFaultToleranceOptions.redisUsername",
    ],
    description: "A text for Redis: either as it is, or from a Secret.",
    fields: {
      value: "The text. Whoever may read the RayJob can read it: for a password use `valueFrom` instead.",
      valueFrom: "Where the text is, instead of `value`: `secretKeyRef` for a Secret.",
    },
  },
  {
    name: "GcsEmbeddedStorage",
    at: ["rayClusterSpec.gcsFaultToleranceOptions.storage"],
    description: "The claim of an embedded store.",
    fields: {
      accessModes: "How the claim can be mounted. Default `ReadWriteOnce`.",
      claimName: "The name of a claim that is there already. Default: one is made.",
      deletionPolicy: "What becomes of the claim when the cluster is deleted. Default: as KubeRay has it.",
      size: "The size of the claim, as a Kubernetes quantity. Default `1Gi`.",
      storageClassName: "The claim's storage class. Default: the cluster's own.",
      subPath: "A folder of the volume to use. Default: all of it.",
    },
  },
  {
    name: "IngressOptions",
    at: ["rayClusterSpec.headGroupSpec.ingressOptions"],
    description: "The Ingress to Ray's dashboard.",
    fields: {
      host: "The host that it answers to. Default: any.",
      path: "The path that it answers to. Default `/`.",
      pathType: "How the path is compared. Default `Prefix`.",
      tls: "The certificates, by host. Default: none, and the dashboard is reached by HTTP.",
    },
  },
  {
    name: "IngressTls",
    at: ["rayClusterSpec.headGroupSpec.ingressOptions.tls[]"],
    description: "A certificate of an Ingress.",
    fields: {
      hosts: "The hosts that it is for. Default: all of the Ingress.",
      secretName: "The name of the Secret that holds it. Default: the controller's own certificate.",
    },
  },
  {
    name: "HistoryServerOptions",
    at: ["rayClusterSpec.historyServerOptions"],
    description: "What collects the cluster's events and logs for Ray's history server.",
    fields: { collectorOptions: "The container that collects, in every pod. Required." },
  },
  {
    name: "HistoryServerCollectorOptions",
    at: ["rayClusterSpec.historyServerOptions.collectorOptions"],
    description: "The container that collects events and logs.",
    fields: {
      env: "Its environment variables: which storage, and where. Default: none.",
      image: "Its image. Required.",
      imagePullPolicy: "When the image is pulled. Default: `Always` for the tag `latest`, else `IfNotPresent`.",
      resources: "What it requests and may use. Default: without limit.",
    },
  },
  {
    name: "RayNetworkPolicy",
    at: ["rayClusterSpec.networkPolicy"],
    description: "Who may talk to the pods of the cluster, beside these among each other.",
    fields: {
      head: "What else the head may receive and send. Default: nothing.",
      mode: "What is denied unless a rule allows it. Default `DenyAll`.",
      worker: "What else the workers may receive and send. Default: nothing.",
      workerGroups: "The same for single groups of workers. Default: all groups have the rules of `worker`.",
    },
  },
  {
    name: "RayNetworkPolicyRules",
    at: ["rayClusterSpec.networkPolicy.head", "rayClusterSpec.networkPolicy.worker"],
    description: "What pods may receive and send.",
    fields: {
      egressRules: "To whom they may send. Default: to nobody else.",
      ingressRules: "From whom they may receive. Default: from nobody else.",
    },
  },
  {
    name: "RayNetworkPolicyGroupRules",
    at: ["rayClusterSpec.networkPolicy.workerGroups[]"],
    description: "What the pods of one group of workers may receive and send.",
    fields: {
      egressRules: "To whom they may send. Default: to nobody else.",
      groupName: "The name of the group.",
      ingressRules: "From whom they may receive. Default: from nobody else.",
    },
  },
  {
    name: "TlsOptions",
    at: ["rayClusterSpec.tlsOptions"],
    description: "TLS between the nodes of the cluster.",
    fields: { enabled: "Whether they talk to each other by TLS. Default false." },
  },
  {
    name: "UpgradeStrategy",
    at: ["rayClusterSpec.upgradeStrategy"],
    description: "What a change of a cluster does.",
    fields: { type: "Whether its pods are made again. Refused for a job's cluster, whatever it says." },
  },
  {
    name: "SubmitterConfig",
    at: ["submitterConfig"],
    description: "Settings of the Kubernetes Job that submits the Ray job.",
    fields: { backoffLimit: "How often submitting is tried again. Default 2." },
  },
  {
    name: "DeletionStrategy",
    at: ["deletionStrategy"],
    description: "What KubeRay deletes after which outcome.",
    fields: {
      deletionRules:
        "What is deleted when: one rule for success and one for failure at least. Several may hold, one after the other. Required.",
      onFailure: "What is deleted when the job has failed. Refused: use `deletionRules` instead.",
      onSuccess: "What is deleted when the job has succeeded. Refused: use `deletionRules` instead.",
    },
    deprecated: { onFailure: useRules, onSuccess: useRules },
  },
  {
    name: "DeletionPolicy",
    at: ["deletionStrategy.onFailure", "deletionStrategy.onSuccess"],
    description: "What is deleted, in the older way that `deletionRules` took the place of.",
    fields: { policy: "What is deleted. Required." },
  },
  {
    name: "DeletionRule",
    at: ["deletionStrategy.deletionRules[]"],
    description: "One thing that KubeRay deletes, and when.",
    fields: { condition: "When it is deleted.", policy: "What is deleted." },
  },
  {
    name: "DeletionCondition",
    at: ["deletionStrategy.deletionRules[].condition"],
    description: "When something is deleted: exactly one of `jobStatus` and `jobDeploymentStatus`.",
    fields: {
      jobDeploymentStatus:
        "The end by KubeRay's own judgement, which deadlines and failed submissions count for. Either this or `jobStatus`.",
      jobStatus:
        "The end by what Ray says of the job. Either this or `jobDeploymentStatus`. A job that was stopped has neither of these.",
      ttlSeconds: "Seconds after that end. Default 0.",
    },
  },
];

/** What is Kubernetes' own, by where it is found: a type of the `kubernetes` package. */
export const kubernetesTypes: Readonly<Record<string, string>> = {
  submitterPodTemplate: "core/v1:PodTemplateSpec",
  "rayClusterSpec.headGroupSpec.template": "core/v1:PodTemplateSpec",
  "rayClusterSpec.headGroupSpec.headService": "core/v1:Service",
  "rayClusterSpec.workerGroupSpecs[].template": "core/v1:PodTemplateSpec",
  "rayClusterSpec.autoscalerOptions.env[]": "core/v1:EnvVar",
  "rayClusterSpec.autoscalerOptions.envFrom[]": "core/v1:EnvFromSource",
  "rayClusterSpec.autoscalerOptions.resources": "core/v1:ResourceRequirements",
  "rayClusterSpec.autoscalerOptions.securityContext": "core/v1:SecurityContext",
  "rayClusterSpec.autoscalerOptions.volumeMounts[]": "core/v1:VolumeMount",
  "rayClusterSpec.gcsFaultToleranceOptions.redisPassword.valueFrom": "core/v1:EnvVarSource",
  "rayClusterSpec.gcsFaultToleranceOptions.redisUsername.valueFrom": "core/v1:EnvVarSource",
  "rayClusterSpec.historyServerOptions.collectorOptions.env[]": "core/v1:EnvVar",
  "rayClusterSpec.historyServerOptions.collectorOptions.resources": "core/v1:ResourceRequirements",
  "rayClusterSpec.networkPolicy.head.egressRules[]": "networking.k8s.io/v1:NetworkPolicyEgressRule",
  "rayClusterSpec.networkPolicy.head.ingressRules[]": "networking.k8s.io/v1:NetworkPolicyIngressRule",
  "rayClusterSpec.networkPolicy.worker.egressRules[]": "networking.k8s.io/v1:NetworkPolicyEgressRule",
  "rayClusterSpec.networkPolicy.worker.ingressRules[]": "networking.k8s.io/v1:NetworkPolicyIngressRule",
  "rayClusterSpec.networkPolicy.workerGroups[].egressRules[]": "networking.k8s.io/v1:NetworkPolicyEgressRule",
  "rayClusterSpec.networkPolicy.workerGroups[].ingressRules[]": "networking.k8s.io/v1:NetworkPolicyIngressRule",
};
