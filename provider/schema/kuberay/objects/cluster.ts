import type { KubeRayObject } from "./object.ts";

/** The cluster itself: its nodes, and what scales them. */
export const clusterObjects: readonly KubeRayObject[] = [
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
];
