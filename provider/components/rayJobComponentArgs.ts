import type { RuntimeEnvironment } from "../job/args/runtimeEnvironment.ts";
import type { RayJobArgs } from "../job/args.ts";
import type { Run } from "../job/outputs.ts";
import type { Archive } from "../values/archive.ts";
import type { KubeRayOperatorArgs } from "./kubeRayOperator.ts";
import type { PodIdentity, WorkingDirBucketArgs } from "./workingDirBucket/args.ts";

/**
 * Everything that Ray jobs need, and the jobs: KubeRay's CRDs and operator, a namespace, a bucket for their code, claims
 * for their data, and a `RayJob` for each of `jobs`. Every part can be brought along instead of made.
 *
 * Children, named after the component: `kubernetes:core/v1:Namespace` NAME, `rayjob:index:KubeRayOperator` NAME,
 * `rayjob:index:RayJobCleanup` NAME, `rayjob:index:WorkingDirBucket` NAME, `kubernetes:core/v1:ServiceAccount` NAME,
 * `kubernetes:core/v1:PersistentVolumeClaim` NAME-VOLUME, `rayjob:index:WorkingDir` NAME-JOB, `rayjob:index:WorkingDir`
 * NAME-JOB.MODULE, `kubernetes:core/v1:Secret` NAME-JOB-env, `rayjob:index:RayJob` NAME-JOB. A MODULE is called by its directory or
 * file, without `.zip` and a wheel's version, or `archive`; of several that are called the same the second is MODULE-2. Where Kubernetes
 * takes no such name for a claim, a Secret or a service account, that has lower-case letters and dashes instead, and a hash. They are
 * made in that order, and deleted in the reverse one.
 *
 * The children of this package use the cluster and the account of the `kubernetes` and `aws` providers that the component
 * is given, or else the package's own configuration.
 */
export interface RayJobComponentArgs {
  /**
   * The jobs, by name. A changed job is updated in place or run again, as its arguments say; one that is taken out of the map is
   * stopped and deleted. As many run at once as `pulumi up --parallel`
   * allows, by default four times the number of CPUs of the machine that it runs on; with more there is a warning.
   */
  readonly jobs: Readonly<Record<string, JobArgs>>;
  /** Labels of every job's RayJob, beside its own, which win: of a queue of Kueue's, say. Default: none. A change updates the RayJobs in place. */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Labels of the pods of every job, beside the job's own, which win: by them costs are told apart. Default: none. Never re-runs a job: the pods
   * of a run keep those that it started with.
   */
  readonly podLabels?: Readonly<Record<string, string>>;
  /**
   * The namespace of the jobs and of all that is made for them. Default: `default`. A change re-runs the jobs, on new and
   * empty claims; the old ones go, with the old namespace if it was made here.
   */
  readonly namespace?: string;
  /**
   * Whether the namespace is made, and deleted with all that is in it when the component is, unless a volume has
   * `retainOnDelete`. Default: true when `namespace` is given and is not `default`. Say false from the start for a
   * namespace that is there already: saying it later deletes the one that was made.
   */
  readonly createNamespace?: boolean;
  /**
   * KubeRay's CRDs and operator. Default: installed, in the namespace `kuberay-system`. A change updates them in place, and running
   * jobs go on.
   */
  readonly operator?: OperatorArgs;
  /**
   * The bucket that local code is uploaded to. Default: made when a job has code on this machine, unless `existingBucket` is given.
   * Deleted, with the packages in it, when neither a job nor this asks for it any more: `{}` keeps it for a job whose `workingDir` is the URI of one
   * of these packages. Other changes are made in place, except of its name.
   */
  readonly bucket?: BucketArgs;
  /**
   * The name of a bucket to use instead of making one, and after a `/` what the keys of the packages start with: `ml-code` or
   * `ml-code/team/ray`. A change re-runs the jobs whose code is on this machine. Give the bucket a lifecycle rule of its own
   * for incomplete uploads, and one for objects whose tag `rayjob/unused` is `true`.
   */
  readonly existingBucket?: string;
  /** A service account to make for the pods of Ray. Default: none is made, and the pods have the
   * namespace's own. A change of its name re-runs the jobs. */
  readonly serviceAccount?: ServiceAccountArgs;
  /** The name of a service account to use instead of making one. A change re-runs the jobs. */
  readonly existingServiceAccount?: string;
  /** Volumes that every job sees in its head and its workers, by name. Default: none. A change of which there are re-runs the jobs. */
  readonly volumes?: Readonly<Record<string, Volume>>;
}

/** A job of a `RayJobComponent`: a `RayJob` in the component's namespace whose code can be a local directory. */
export interface JobArgs extends Omit<RayJobArgs, "namespace" | "runtimeEnv"> {
  /** Ray's runtime environment: code, packages and variables of the job. Default: what the image has. A change re-runs the job. */
  readonly runtimeEnv?: JobRuntimeEnvironment;
}

/**
 * [Ray's runtime environment](https://docs.ray.io/en/latest/ray-core/handling-dependencies.html#runtime-environments), with code from
 * this machine or from a URI. A change re-runs the job.
 */
export interface JobRuntimeEnvironment
  extends Omit<RuntimeEnvironment, "workingDir" | "pyModules" | "excludes" | "envVars"> {
  /**
   * The job's code: a local directory (`./train-job`) or a ready `.zip` file, relative to the program's folder, or one of
   * Pulumi's archives, packaged and uploaded to the component's bucket as `WorkingDir` describes; or a URI, which is passed
   * on, as is that of a `RemoteArchive`: of a zip file (`s3://…/code.zip`, `gs://…`, `https://…`), which Ray fetches, or of a
   * folder (`s3://bucket/prefix`, `pvc://claim/folder`) or a zip file on a claim (`pvc://claim/code.zip`), which every node
   * fetches before Ray starts. A volume of the component is a claim by its own name, too: `pvc://data/code`. Default: the image's own directory.
   */
  readonly workingDir?: string | Archive;
  /**
   * Modules to put on the Python path: for each a local directory that is imported by its name, a `.whl` file, a `.zip` file with
   * modules in it, one of Pulumi's archives, or a URI. What is local is packaged and uploaded. Ray takes a lone directory at
   * the top of a zip file off, so that a module's own must not be that, of which a preview warns: zip it together with the one that it is in. In an
   * `AssetArchive` names start with the module's: `my_module/__init__.py`. Default: none.
   */
  readonly pyModules?: readonly (string | Archive)[];
  /** Patterns, as in a `.gitignore` file, of files of local directories that are not part of their packages. Default: none. */
  readonly excludes?: readonly string[];
  /**
   * Environment variables of the driver and of every task. Default: none. One whose value is a Pulumi secret travels in a Kubernetes Secret
   * that is made for it, as a variable of the head and the workers; a new value re-runs the job. The others are readable in the
   * RayJob and in Ray's dashboard. A secret for an existing cluster is refused: its pods cannot get any.
   */
  readonly envVars?: Readonly<Record<string, string>>;
}

/** KubeRay's CRDs and operator, as a `KubeRayOperator` has them. A change never re-runs a job. */
export interface OperatorArgs extends KubeRayOperatorArgs {
  /** Whether they are installed. Default true. One cluster takes one operator: say false where there is
   * one. Taken back, they are deleted, but for the CRDs. */
  readonly install?: boolean;
}

/** The bucket that local working directories are uploaded to. A change never re-runs a job, unless it moves their code. */
export interface BucketArgs extends Omit<WorkingDirBucketArgs, "forceDestroy" | "reader"> {
  /**
   * A role that can read the packages and nothing else, for the pods of Ray: by IAM roles for service accounts, as on EKS, or by
   * EKS Pod Identity. Default: none, and the nodes or the service account must be able to read them otherwise. A change is made in place.
   */
  readonly reader?: BucketReader;
  /**
   * Whether the bucket is deleted with the packages that are in it. Default true: they can be made again from the
   * directories that they were made of. A change counts once a `pulumi up` has written it down.
   */
  readonly forceDestroy?: boolean;
}

/** Who becomes the reader of the bucket: either by `oidcProviderArn` or by `podIdentity`. A change is made in place. */
export interface BucketReader {
  /** The ARN of the IAM OIDC provider that stands for the cluster: for IAM roles for service accounts.
   * Either this or `podIdentity`. */
  readonly oidcProviderArn?: string;
  /**
   * EKS Pod Identity instead, whose agent must run on the cluster. Ray's images need boto3 1.34.41 or newer for it, which Ray's
   * own may lack: a job with one of these gives a warning.
   */
  readonly podIdentity?: PodIdentity;
  /**
   * Service accounts, each as `namespace/name`. Default: the one that `serviceAccount` makes, which gets the role's annotation
   * if it needs that.
   */
  readonly serviceAccounts?: readonly string[];
}

/** A service account for the pods of Ray. A change of its name re-runs the jobs, one of the annotations does not. */
export interface ServiceAccountArgs {
  /** Its name. Default: the component's name, made fit for Kubernetes. */
  readonly name?: string;
  /** Its annotations. Default: none but `eks.amazonaws.com/role-arn`, which `bucket.reader` sets by itself. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A volume that every job sees in its head and its workers: either a PersistentVolumeClaim that is made, or one that is there. */
export interface Volume {
  /** The absolute path at which Ray's containers see it, such as `/output`. A change re-runs the jobs. */
  readonly mountPath: string;
  /** How much is asked for, as a Kubernetes quantity: `5Gi`. Required unless `existingClaim` is given. A change
   * is made in place: it can grow, not shrink. */
  readonly size?: string;
  /** The name of a PersistentVolumeClaim to use instead of making one. Set later, it deletes the one that was made. A change re-runs the jobs. */
  readonly existingClaim?: string;
  /** The storage class. Default: the cluster's default one. A change deletes the claim, makes an empty one and re-runs the jobs. */
  readonly storageClassName?: string;
  /**
   * How it can be mounted. Default `ReadWriteOnce`, which every storage class has, and which the pods of one node share; a
   * job on several nodes needs `ReadWriteMany`. A change deletes the claim, makes an empty one and re-runs the jobs.
   */
  readonly accessModes?: readonly AccessMode[];
  /** A folder of the volume to mount. Default: all of it. A change re-runs the jobs. */
  readonly subPath?: string;
  /** Whether the jobs can only read it. Default false. A change re-runs the jobs. */
  readonly readOnly?: boolean;
  /** Whether the claim that is made, and the data on it, stays when it is taken out of the program; its namespace then stays,
   * too. Default false. A change counts once a `pulumi up` has written it down. */
  readonly retainOnDelete?: boolean;
}

const accessModes = [
  /** The pods of one node read and write it. */
  "ReadWriteOnce",
  /** The pods of many nodes read it. */
  "ReadOnlyMany",
  /** The pods of many nodes read and write it. Not every storage class has that. */
  "ReadWriteMany",
  /** A single pod reads and writes it. Refused for jobs with workers. */
  "ReadWriteOncePod",
] as const;
/** How a volume can be mounted. */
export type AccessMode = (typeof accessModes)[number];

/** The outputs of a `RayJobComponent`. */
export interface RayJobComponentOutputs {
  /** What has become of the jobs, by their names in `jobs`. */
  readonly runs: Readonly<Record<string, Run>>;
  /** The namespace of the jobs. */
  readonly namespace: string;
  /** The name of the bucket that local working directories are uploaded to, if there is one. */
  readonly bucketName?: string;
  /** The ARN of the role that can read the bucket, if there is one. */
  readonly readerRoleArn?: string;
  /** The name of the service account of Ray's pods, if it is not the namespace's own. */
  readonly serviceAccountName?: string;
  /** The names of the PersistentVolumeClaims, by the names of the volumes. */
  readonly claimNames: Readonly<Record<string, string>>;
}
