import type { KubeRayObject } from "./object.ts";

/** What a cluster has beside its nodes: tokens, stores, networks, history. */
export const clusterOptionObjects: readonly KubeRayObject[] = [
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
];
