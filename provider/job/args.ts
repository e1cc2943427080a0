import type { Integer, PropertyMap, Value } from "../values/value.ts";

/**
 * The arguments of a `RayJob`: every field of KubeRay's RayJob under its own name, and those of this package.
 *
 * A RayJob runs once. What it computes with is read when it starts, so a change of such an argument re-runs the job;
 * the others are updated in place. Each argument says which.
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
   * Labels of the RayJob, copied by KubeRay to the cluster that it makes. A change updates the RayJob in place; a cluster
   * that exists already keeps its labels.
   */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the RayJob, copied by KubeRay to the cluster that it makes. A change updates the RayJob in place. */
  readonly annotations?: Readonly<Record<string, string>>;

  /**
   * The command that Ray runs, such as `python train.py`. KubeRay passes it through a shell in `K8sJobMode` and
   * `SidecarMode`. Required unless `submissionMode` is `InteractiveMode` or the submitter's container has a command of
   * its own. A change re-runs the job.
   */
  readonly entrypoint?: string;
  /** Ray's runtime environment: code, packages and variables of the job. A change re-runs the job. */
  readonly runtimeEnv?: RuntimeEnvironment;
  /** The runtime environment as YAML text with Ray's own names, instead of `runtimeEnv`. A change of its meaning re-runs the job. */
  readonly runtimeEnvYAML?: string;
  /**
   * Ray's submission ID of the job. Default: made by KubeRay. A change re-runs the job; in `InteractiveMode` it is
   * updated in place, and setting it tells KubeRay which submitted job to follow.
   */
  readonly jobId?: string;
  /** Metadata of the Ray job, shown in Ray's dashboard. Needs `rayClusterSpec.rayVersion`. A change re-runs the job. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** CPU cores that the entrypoint reserves on the node it runs on. Default 0: it runs on the head without a reservation. A change re-runs the job. */
  readonly entrypointNumCpus?: number;
  /** GPUs that the entrypoint reserves on the node it runs on. Default 0. A change re-runs the job. */
  readonly entrypointNumGpus?: number;
  /** Custom resources that the entrypoint reserves, as the text of a JSON object of numbers: `{"accelerator": 1}`. A change re-runs the job. */
  readonly entrypointResources?: string;

  /** The Ray cluster to make for the job, as KubeRay's RayClusterSpec. Either this, `existingCluster` or `clusterSelector`. A change re-runs the job. */
  readonly rayClusterSpec?: PropertyMap;
  /** The name of a RayCluster in the same namespace to run on, instead of making one. The cluster is never deleted. A change re-runs the job. */
  readonly existingCluster?: string;
  /** KubeRay's own way to say `existingCluster`: only its key `ray.io/cluster` is read. A change re-runs the job. */
  readonly clusterSelector?: Readonly<Record<string, string>>;

  /**
   * Existing PersistentVolumeClaims to mount into the head and the workers of the cluster that is made, by the name of the
   * volume. A change re-runs the job.
   */
  readonly mounts?: Readonly<Record<string, Mount>>;
  /**
   * The service account of the head and the workers of the cluster that is made, where their templates name none. Default:
   * the namespace's own. A change re-runs the job.
   */
  readonly serviceAccountName?: string;

  /**
   * Who submits the job to Ray: `K8sJobMode` (a Kubernetes Job, the default), `SidecarMode` (a container of the head pod),
   * `HTTPMode` (the operator) or `InteractiveMode` (you, by setting `jobId`). A change re-runs the job.
   */
  readonly submissionMode?: SubmissionMode;
  /** The pod that submits the job in `K8sJobMode`. Default: made by KubeRay from the head's image. A change re-runs the job. */
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
  /** What KubeRay deletes after which outcome, instead of `shutdownAfterJobFinishes`. Updated in place, also after the end. KubeRay 1.6 or newer. */
  readonly deletionStrategy?: PropertyMap;
  /** Whether the job is held back. Setting it on a running job deletes its cluster and loses its progress. Default false. Updated in place. */
  readonly suspend?: boolean;
  /** The controller in charge: `ray.io/kuberay-operator` (the default) or `kueue.x-k8s.io/multikueue`. A change re-runs the job. */
  readonly managedBy?: string;

  /**
   * What a deployment waits for: `none` (the RayJob exists), `ready` (its cluster is up), `running` (Ray runs the
   * entrypoint) or `complete` (the default: it has ended, and anything but success fails the deployment). A job that has got as
   * far is not run again when its RayJob is deleted: it stays in the state as it was seen last. Never re-runs the job.
   */
  readonly waitFor?: WaitFor;
  /** Seconds that a deployment waits before it gives up; the job itself goes on. Default: as long as the deployment's own timeout. Never re-runs the job. */
  readonly timeoutSeconds?: number;
  /** Any text; a new one re-runs a job of which nothing else has changed. */
  readonly rerunToken?: string;
  /** Whether the next deployment re-runs a job that has failed. With false it stays failed until one of its arguments changes. Default true. */
  readonly rerunFailed?: boolean;
  /**
   * Whether the job is stopped when the deployment is cancelled (Ctrl-C) while it waits for it: the RayJob is deleted, and the
   * next deployment runs the job again. Default false: the job goes on, and the next deployment goes on waiting. The end of
   * `timeoutSeconds` or of a custom timeout stops nothing. Never re-runs the job.
   */
  readonly stopOnCancel?: boolean;
  /**
   * Whether a deployment shows what the job's driver prints: `stream` shows it as it comes, as long as the deployment waits,
   * every second at most the last 50 lines and of each at most 2,000 characters; `none` (the default) shows only the last
   * lines of a job that has failed. Neither is kept in the state. In `HTTPMode` and `InteractiveMode` the log is read from Ray's
   * dashboard, for which the credentials need `get` on `services/proxy`. Never re-runs the job.
   */
  readonly logs?: Logs;
  /**
   * How many of the last lines of the driver's log are shown when the job has failed: once, beside the error, and never kept
   * in the state; not again what `logs: stream` has shown. Default 50; 0 shows none. Never re-runs the job.
   */
  readonly logTailLines?: Integer;
}

/** A PersistentVolumeClaim inside Ray's containers. */
export interface Mount {
  /** The name of a PersistentVolumeClaim in the job's namespace. */
  readonly claimName: string;
  /** The absolute path at which Ray's containers see it, such as `/output`. */
  readonly mountPath: string;
  /** A folder of the volume to mount instead of all of it. */
  readonly subPath?: string;
  /** Whether the job can only read it. Default false. */
  readonly readOnly?: boolean;
}

/** Ray's runtime environment. Packages are installed on every node before the job starts. */
export interface RuntimeEnvironment {
  /** The URI of a zip file with the job's code: `s3://…/code.zip`, `gs://…`, `https://…`. Ray caches by URI: never overwrite it in place. */
  readonly workingDir?: string;
  /** URIs of zip files or wheels to put on the Python path. */
  readonly pyModules?: readonly string[];
  /** Patterns that Ray leaves out of a local directory. Without effect on a URI. */
  readonly excludes?: readonly string[];
  /** Packages to install with pip, as a list or with settings. Not together with `uv` or `conda`. */
  readonly pip?: readonly string[] | PipEnvironment;
  /** Packages to install with uv, as a list or with settings. Not together with `pip` or `conda`. */
  readonly uv?: readonly string[] | UvEnvironment;
  /** The name of a conda environment in the image, or the content of an `environment.yml`. Not together with `pip` or `uv`. */
  readonly conda?: string | PropertyMap;
  /** Environment variables of the driver and of every task. Readable in the RayJob and in Ray's dashboard: not for secrets. */
  readonly envVars?: Readonly<Record<string, string>>;
  /** The command that starts Python in the workers, such as `uv run`. Experimental in Ray. */
  readonly pyExecutable?: string;
  /** The image that Ray starts its workers in. Experimental in Ray; goes with `envVars` and `config` only. */
  readonly imageUri?: string;
  /** The module path of a function that every worker calls when it starts, such as `my_package.setup`. */
  readonly workerProcessSetupHook?: string;
  /** Settings of NVIDIA's Nsight profiler: `default`, or its options. */
  readonly nsight?: string | Readonly<Record<string, string>>;
  /** How Ray sets the environment up. */
  readonly config?: RuntimeEnvironmentConfig;
}

/** How Ray installs packages with pip. */
export interface PipEnvironment {
  /** The packages, as in a requirements file. */
  readonly packages: readonly string[];
  /** Whether to run `pip check` afterwards. Default false. */
  readonly pipCheck?: boolean;
  /** The version of pip to use, such as `==24.0`. Default: the image's. */
  readonly pipVersion?: string;
  /** Options of `pip install`. */
  readonly pipInstallOptions?: readonly string[];
}

/** How Ray installs packages with uv. */
export interface UvEnvironment {
  /** The packages, as in a requirements file. */
  readonly packages: readonly string[];
  /** Whether to run `uv pip check` afterwards. Default false. */
  readonly uvCheck?: boolean;
  /** The version of uv to use, such as `==0.5.0`. Default: the newest. */
  readonly uvVersion?: string;
  /** Options of `uv pip install`. Default `--no-cache`. */
  readonly uvPipInstallOptions?: readonly string[];
}

/** How Ray sets a runtime environment up. */
export interface RuntimeEnvironmentConfig {
  /** Seconds that setting the environment up may take; -1 for no limit. Default 600. */
  readonly setupTimeoutSeconds?: Integer;
  /** Whether the environment is set up before the first task needs it. Default true. */
  readonly eagerInstall?: boolean;
}

export const submissionModes = ["K8sJobMode", "HTTPMode", "InteractiveMode", "SidecarMode"] as const;
/** Who submits the job to Ray. */
export type SubmissionMode = (typeof submissionModes)[number];

export const waitForValues = ["none", "ready", "running", "complete"] as const;
/** What a deployment waits for. */
export type WaitFor = (typeof waitForValues)[number];

export const logsValues = ["none", "stream"] as const;
/** Whether a deployment shows what the job's driver prints. */
export type Logs = (typeof logsValues)[number];

/** What a deployment waits for; `complete` where nothing valid is said. */
export function waitForOf(inputs: PropertyMap): WaitFor {
  return isWaitFor(inputs.waitFor) ? inputs.waitFor : "complete";
}

function isWaitFor(value: Value | undefined): value is WaitFor {
  return waitForValues.some((known) => known === value);
}
