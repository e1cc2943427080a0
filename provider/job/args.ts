import type { KubeRayVersion } from "../crds/release.ts";
import type { Integer, PropertyMap, Value } from "../values/value.ts";
import type { Mount, SecretReference, Stage } from "./args/pods.ts";
import type { RuntimeEnvironment } from "./args/runtimeEnvironment.ts";

/**
 * One run of a Ray job on KubeRay, on a cluster that is made for it or on an existing one. A deployment submits the job, waits for
 * its end, and fails with the job's own reason when the job fails; the next one runs it again. It takes every field of
 * [KubeRay's RayJob](https://docs.ray.io/en/latest/cluster/kubernetes/getting-started/rayjob-quick-start.html) under its own name, and some of this package's own.
 *
 * A RayJob runs once. What it computes with is read when it starts, so a change of such an argument re-runs the job, which a preview
 * shows as a replacement; the others are updated in place. Each argument says which.
 */
export interface RayJobArgs {
  /**
   * The RayJob's name on the cluster: at most 47 characters, lower-case letters, digits and dashes, a letter first.
   * Default: the resource's name and eight characters of a hash of what the job computes with, so that equal jobs have
   * equal names. A change re-runs the job. Taking a name out again does not: the job keeps it until something else re-runs it.
   */
  readonly name?: string;
  /** The namespace to run in; it must exist. Default: the provider's `namespace`, else `default`. A change re-runs the job. */
  readonly namespace?: string;
  /**
   * Labels of the RayJob, copied by KubeRay to the cluster that it makes; for those of pods see `podLabels`. Default: none but this
   * package's own. With `kueue.x-k8s.io/queue-name` the job waits in a queue of Kueue's. Updated in place; a cluster that exists
   * already keeps its labels, and a job that Kueue has let run its queue.
   */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the RayJob, copied by KubeRay to the cluster that it makes. Default: none but this package's own. Updated in place. */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Labels of the pods of the job, by which costs are told apart and pods are found: of the head, the workers and the pod that
   * submits the job; on an existing cluster of that one alone. Default: none but KubeRay's. Those of a pod template win over them.
   * KubeRay copies no label of a RayJob to pods. Never re-runs the job: the
   * pods of a run keep those that it started with.
   */
  readonly podLabels?: Readonly<Record<string, string>>;

  /**
   * The command that Ray runs, such as `python train.py`: a script for the shell (`sh`) of the Ray node. It comes there as it is
   * written in every submission mode, quotes, `$` and `&&` included; what is more than words and options shows up encoded in the
   * RayJob and in Ray's dashboard, except in `HTTPMode`. Required unless `submissionMode` is `InteractiveMode` or the submitter's container has a command of
   * its own. A change re-runs the job.
   */
  readonly entrypoint?: string;
  /** Ray's runtime environment: code, packages and variables of the job. Default: what the image has. A change re-runs the job. */
  readonly runtimeEnv?: RuntimeEnvironment;
  /** The runtime environment as YAML text with Ray's own names, instead of `runtimeEnv`. A change of its meaning re-runs the job. */
  readonly runtimeEnvYAML?: string;
  /**
   * Ray's submission ID of the job. Default: made by KubeRay. A change re-runs the job; in `InteractiveMode` it is
   * updated in place, and setting it tells KubeRay which submitted job to follow.
   */
  readonly jobId?: string;
  /** Metadata of the Ray job, shown in Ray's dashboard. Default: none. Needs `rayClusterSpec.rayVersion`. A change re-runs the job. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** CPU cores that the entrypoint reserves on the node it runs on. Default 0: it runs on the head without a reservation. A change re-runs the job. */
  readonly entrypointNumCpus?: number;
  /** GPUs that the entrypoint reserves on the node it runs on. Default 0. A change re-runs the job. */
  readonly entrypointNumGpus?: number;
  /** Custom resources that the entrypoint reserves, as the text of a JSON object of numbers: `{"accelerator": 1}`. Default: none. A change re-runs the job. */
  readonly entrypointResources?: string;

  /**
   * The Ray cluster to make for the job, as KubeRay's RayClusterSpec. Either this, its short form (`image`, `head`, `workers`),
   * `existingCluster` or `clusterSelector`. A worker group without a `template` has the head's image. A change re-runs the job.
   */
  readonly rayClusterSpec?: PropertyMap;
  /**
   * The image that Ray runs in, such as `rayproject/ray:2.52.0`: with `head` and `workers` the short form of `rayClusterSpec`, for
   * clusters that need no pod templates. It means the same job as the spec that it is written out to, which `rayjob render` shows.
   * A tag of Ray's own images is taken for `rayVersion`. Required with `head` or `workers`. A change re-runs the job.
   */
  readonly image?: string;
  /** The head of the cluster that is made, in the short form. Default: one CPU, 4Gi of memory and no GPU. A change re-runs the job. */
  readonly head?: Head;
  /**
   * The workers of the cluster that is made, in the short form: groups of workers that are alike, by the names of the groups.
   * Default: none. Pulumi's YAML (1.38) refuses a group that is called as one of its own settings, such as `gpu`. A change
   * re-runs the job.
   */
  readonly workers?: Readonly<Record<string, WorkerGroup>>;
  /** The name of a RayCluster in the same namespace to run on, instead of making one. The cluster is never deleted. A change re-runs the job. */
  readonly existingCluster?: string;
  /** KubeRay's own way to say `existingCluster`, instead of that: only its key `ray.io/cluster` is read. A change re-runs the job. */
  readonly clusterSelector?: Readonly<Record<string, string>>;

  /**
   * Existing PersistentVolumeClaims to mount into the head and the workers of the cluster that is made, by the name of the
   * volume. Default: none. A change re-runs the job.
   */
  readonly mounts?: Readonly<Record<string, Mount>>;
  /**
   * The service account of the head and the workers of the cluster that is made, where their templates name none. Default:
   * the namespace's own. A change re-runs the job.
   */
  readonly serviceAccountName?: string;
  /**
   * Environment variables of the head and the workers of the cluster that is made, by name, whose values are in Kubernetes
   * Secrets: the driver and every task see them, and neither the RayJob nor Ray's dashboard holds them. Default: none. A change re-runs the
   * job; another value in the Secret does not.
   */
  readonly secretEnv?: Readonly<Record<string, SecretReference>>;
  /**
   * Data and models to copy to a path before Ray starts, by a name of your choice: that of the init container that does it.
   * It runs before those of the template, with the environment, the mounts and the service account of Ray's container. What
   * cannot be fetched keeps the pod from starting, and the deployment says why. Default: none. A change re-runs the job; other data at the
   * same place does not: use `rerunToken`, or another place.
   */
  readonly stage?: Readonly<Record<string, Stage>>;

  /**
   * Who submits the job to Ray: a Kubernetes Job (`K8sJobMode`, the default), a container of the head pod (`SidecarMode`), the
   * operator (`HTTPMode`) or you, by setting `jobId` (`InteractiveMode`). In `SidecarMode` KubeRay 1.6 never sees a job end that
   * is over before its head is ready, some ten seconds after its start, and fails it at `preRunningDeadlineSeconds`; and the job is
   * submitted once, without another try. A change re-runs the job.
   */
  readonly submissionMode?: SubmissionMode;
  /**
   * The pod that submits the job in `K8sJobMode`. What it does not say is the head's: image, pull secrets, service account,
   * tolerations, node selector and security context, but no GPUs; its restart policy is `Never`. Default: a pod with all of that,
   * half a CPU and 200Mi. On an existing cluster nothing is known of the head: say there what the pod needs. A change re-runs the job.
   */
  readonly submitterPodTemplate?: PropertyMap;
  /** Settings of the submitting Kubernetes Job: `backoffLimit`, by default 2. A change re-runs the job. */
  readonly submitterConfig?: PropertyMap;

  /** How often KubeRay retries the whole job, each time on a new cluster. Default 0. Updated in place; read when an attempt fails. */
  readonly backoffLimit?: Integer;
  /** Seconds after which an attempt fails, counted from its start; never retried. Default: none. Updated in place. */
  readonly activeDeadlineSeconds?: Integer;
  /**
   * Seconds within which an attempt must get its cluster and be submitted, else it fails; retried under `backoffLimit`.
   * Default 1800 (KubeRay has none: a job that cannot be scheduled would wait for ever); it cannot be switched off, but be as
   * long as 2147483647. Updated in place. KubeRay 1.6 or newer; before, there is no such deadline.
   */
  readonly preRunningDeadlineSeconds?: Integer;
  /**
   * Whether KubeRay deletes the cluster that it made once the job is over. Default true (KubeRay: false), but left to
   * `deletionStrategy` where that is set, and without meaning on an existing cluster. Updated in place, also after the end.
   */
  readonly shutdownAfterJobFinishes?: boolean;
  /** Seconds between the job's end and the deletion of its cluster. Default 60 when the cluster is shut down (KubeRay: 0). Updated in place, also after the end. */
  readonly ttlSecondsAfterFinished?: Integer;
  /**
   * What KubeRay deletes after which outcome, instead of `shutdownAfterJobFinishes`: `deletionRules` with one for the `jobStatus`
   * SUCCEEDED and one for the `jobDeploymentStatus` Failed at least, so that no cluster is forgotten; `DeleteNone` keeps it.
   * `DeleteSelf`, and the deprecated `onSuccess` and `onFailure`, are refused. Updated in place, also after the end. KubeRay 1.6 or
   * newer; 1.5 with its feature gate on, and conditions by `jobStatus` alone.
   */
  readonly deletionStrategy?: PropertyMap;
  /** Whether the job is held back. Setting it on a running job deletes its cluster and loses its progress. Default false. Updated in place. */
  readonly suspend?: boolean;
  /** The controller in charge: `ray.io/kuberay-operator` (the default) or `kueue.x-k8s.io/multikueue`. A change re-runs the job. */
  readonly managedBy?: Controller;

  /**
   * The version of the KubeRay that is on the cluster: arguments that it lacks, and would disregard without a word, are refused.
   * Default: unknown, and no argument is refused for it; a `RayJobComponent` says which one it installs. Never re-runs the job.
   */
  readonly kubeRayVersion?: KubeRayVersion;
  /**
   * Feature gates of the KubeRay on the cluster that are on or off against the defaults of its version: arguments behind one that
   * is off are refused. Default: none is; a `RayJobComponent` takes them from `operator.values.featureGates`. Never re-runs the job.
   */
  readonly kubeRayFeatureGates?: Readonly<Record<string, boolean>>;
  /**
   * What a deployment waits for: `none` (the RayJob exists), `ready` (its cluster is up), `running` (Ray runs the
   * entrypoint) or `complete` (the default: it has ended, and anything but success fails the deployment). A job that has got as
   * far is not run again when its RayJob is deleted: it stays in the state as it was seen last. Never re-runs the job.
   */
  readonly waitFor?: WaitFor;
  /** Seconds that a deployment waits before it gives up; the job itself goes on. Default: as long as the deployment's own timeout. Never re-runs the job. */
  readonly timeoutSeconds?: Integer;
  /** Any text. Default: none. A change re-runs the job, also one of which nothing else has changed. */
  readonly rerunToken?: string;
  /** Whether the next deployment re-runs a job that has failed. With false it stays failed until one of its arguments changes. Default true. Never re-runs the job by itself. */
  readonly rerunFailed?: boolean;
  /**
   * Whether the job is stopped when the deployment is cancelled (Ctrl-C) while it waits for it: the RayJob is deleted, and the
   * next deployment runs the job again. Default false: the job goes on, and the next deployment goes on waiting. The end of
   * `timeoutSeconds` or of a custom timeout stops nothing. Never re-runs the job.
   */
  readonly stopOnCancel?: boolean;
  /**
   * Whether a deployment shows what the job's driver prints: `stream` shows it as it comes, as long as the deployment waits,
   * every second at most the last 50 lines and of each at most 2,000 characters, and once it has shown 10,000 lines, every
   * minute; `none` (the default) shows only the last lines of a job that has failed. Neither is kept in the state. In `HTTPMode` and `InteractiveMode` the log is read from Ray's
   * dashboard, for which the credentials need `get` on `services/proxy`. Never re-runs the job.
   */
  readonly logs?: Logs;
  /**
   * How many of the last lines of the driver's log are shown when the job has failed: once, beside the error, and never kept
   * in the state; not again what `logs: stream` has shown. Default 50; 0 shows none. Never re-runs the job.
   */
  readonly logTailLines?: Integer;
}

/** What a head has: requested, and never exceeded. A change re-runs the job. */
export interface Head {
  /** CPU cores, as a number or a Kubernetes quantity: `4`, `500m`. Default 1. */
  readonly cpu?: number | string;
  /** Memory, as a Kubernetes quantity: `16Gi`. Default `4Gi`. */
  readonly memory?: string;
  /** GPUs of NVIDIA's (`nvidia.com/gpu`). Default 0. */
  readonly gpu?: Integer;
}

/** Workers that are alike. What each of them has is requested, and never exceeded. A change re-runs the job. */
export interface WorkerGroup {
  /** How many there are; with `maxReplicas`, how many there are at the start. Default 1, or else `minReplicas`. */
  readonly replicas?: Integer;
  /** The fewest that Ray's autoscaler keeps. Default 0. Needs `maxReplicas`. */
  readonly minReplicas?: Integer;
  /** The most that Ray's autoscaler makes. Default: the number of workers is fixed. */
  readonly maxReplicas?: Integer;
  /** CPU cores of each, as a number or a Kubernetes quantity: `4`, `500m`. Default 1. */
  readonly cpu?: number | string;
  /** Memory of each, as a Kubernetes quantity: `16Gi`. Default `4Gi`. */
  readonly memory?: string;
  /** GPUs of NVIDIA's (`nvidia.com/gpu`) of each. Default 0. */
  readonly gpu?: Integer;
  /** The image that they run in; it needs the same Ray and Python. Default: that of the head. */
  readonly image?: string;
}

export const submissionModes = [
  /** A Kubernetes Job, in a pod of its own. */
  "K8sJobMode",
  /** The operator, by Ray's dashboard. No pod of its own, and no log of one. */
  "HTTPMode",
  /** You: KubeRay makes the cluster, and follows the job whose `jobId` you set. */
  "InteractiveMode",
  /** A container of the head pod. */
  "SidecarMode",
] as const;
/** Who submits the job to Ray. */
export type SubmissionMode = (typeof submissionModes)[number];

export const waitForValues = [
  /** Nothing but that the RayJob exists. */
  "none",
  /** The job's cluster is up. */
  "ready",
  /** Ray runs the entrypoint. */
  "running",
  /** The job has ended; anything but success fails the deployment. */
  "complete",
] as const;
/** How far a job must get before a deployment goes on. */
export type WaitFor = (typeof waitForValues)[number];

export const logsValues = [
  /** Only the last lines of a job that has failed. */
  "none",
  /** All lines as they come, while the deployment waits. */
  "stream",
] as const;
/** Whether a deployment shows what the job's driver prints. */
export type Logs = (typeof logsValues)[number];

export const controllers = [
  /** KubeRay's operator on the same cluster. */
  "ray.io/kuberay-operator",
  /** Kueue, which runs it on one of several clusters. */
  "kueue.x-k8s.io/multikueue",
] as const;
/** The controller in charge of a RayJob or a RayCluster. */
export type Controller = (typeof controllers)[number];

/** What a deployment waits for; `complete` where nothing valid is said. */
export function waitForOf(inputs: PropertyMap): WaitFor {
  return isWaitFor(inputs.waitFor) ? inputs.waitFor : "complete";
}

function isWaitFor(value: Value | undefined): value is WaitFor {
  return waitForValues.some((known) => known === value);
}
