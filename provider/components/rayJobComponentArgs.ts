import type { RayJobArgs, RuntimeEnvironment } from "../job/args.ts";
import type { Run } from "../job/outputs.ts";
import type { KubeRayOperatorArgs } from "./kubeRayOperator.ts";
import type { WorkingDirBucketArgs } from "./workingDirBucket/args.ts";

/**
 * Everything that Ray jobs need, and the jobs: KubeRay's CRDs and operator, a namespace, a bucket for their code, claims
 * for their data, and a `RayJob` for each of `jobs`. Every part can be brought along instead of made.
 *
 * Children, named after the component: `kubernetes:core/v1:Namespace` NAME, `rayjob:index:KubeRayOperator` NAME,
 * `rayjob:index:RayJobCleanup` NAME, `rayjob:index:WorkingDirBucket` NAME, `kubernetes:core/v1:ServiceAccount` NAME,
 * `kubernetes:core/v1:PersistentVolumeClaim` NAME-VOLUME, `rayjob:index:WorkingDir` NAME-JOB, `rayjob:index:RayJob`
 * NAME-JOB. They are made in that order, and deleted in the reverse one.
 *
 * The children of this package use the cluster and the account of the `kubernetes` and `aws` providers that the component
 * is given, or else the package's own configuration.
 */
export interface RayJobComponentArgs {
  /**
   * The jobs, by name. A job that is taken out of the map is stopped and deleted. As many run at once as `pulumi up --parallel`
   * allows, by default four times the number of CPUs of the machine that it runs on; with more there is a warning.
   */
  readonly jobs: Readonly<Record<string, JobArgs>>;
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
  /** KubeRay's CRDs and operator. Default: installed, in the namespace `kuberay-system`. */
  readonly operator?: OperatorArgs;
  /**
   * The bucket that local working directories are uploaded to. Made when this is given or a job has a local directory,
   * unless `existingBucket` is given; deleted when neither is true any more.
   */
  readonly bucket?: BucketArgs;
  /** The name of a bucket to use instead of making one. A change re-runs the jobs whose code is in a local directory. */
  readonly existingBucket?: string;
  /** A service account to make for the pods of Ray. Default: none is made, and the pods have the namespace's own. */
  readonly serviceAccount?: ServiceAccountArgs;
  /** The name of a service account to use instead of making one. */
  readonly existingServiceAccount?: string;
  /** Volumes that every job sees in its head and its workers, by name. */
  readonly volumes?: Readonly<Record<string, Volume>>;
}

/** A job of a `RayJobComponent`: a `RayJob` in the component's namespace whose code can be a local directory. */
export interface JobArgs extends Omit<RayJobArgs, "namespace" | "runtimeEnv"> {
  /** Ray's runtime environment: code, packages and variables of the job. A change re-runs the job. */
  readonly runtimeEnv?: JobRuntimeEnvironment;
}

/** Ray's runtime environment, with code from a local directory or from a URI. */
export interface JobRuntimeEnvironment extends Omit<RuntimeEnvironment, "workingDir" | "excludes"> {
  /**
   * The job's code: a local directory (`./train-job`), relative to the program's folder, which is packaged and uploaded to
   * the component's bucket; or the URI of a zip file: `s3://…/code.zip`, `gs://…`, `https://…`.
   */
  readonly workingDir?: string;
  /** Patterns, as in a `.gitignore` file, of files of a local directory that are not part of the package. */
  readonly excludes?: readonly string[];
}

/** KubeRay's CRDs and operator. */
export interface OperatorArgs extends KubeRayOperatorArgs {
  /** Whether they are installed. Default true. One cluster takes one operator: say false where there is one. */
  readonly install?: boolean;
}

/** The bucket that local working directories are uploaded to. */
export interface BucketArgs extends Omit<WorkingDirBucketArgs, "forceDestroy" | "reader"> {
  /**
   * A role that can read the bucket and nothing else, for the pods of Ray: IAM roles for service accounts, as on EKS. Default:
   * none, and the nodes or the service account must be able to read it otherwise.
   */
  readonly reader?: BucketReader;
  /**
   * Whether the bucket is deleted with the packages that are in it. Default true: they can be made again from the
   * directories that they were made of.
   */
  readonly forceDestroy?: boolean;
}

/** Who becomes the reader of the bucket. */
export interface BucketReader {
  /** The ARN of the IAM OIDC provider that stands for the cluster. */
  readonly oidcProviderArn: string;
  /** Service accounts, each as `namespace/name`. Default: the one that `serviceAccount` makes, which gets the role's annotation. */
  readonly serviceAccounts?: readonly string[];
}

/** A service account for the pods of Ray. */
export interface ServiceAccountArgs {
  /** Its name. Default: the component's name. */
  readonly name?: string;
  /** Its annotations, such as `eks.amazonaws.com/role-arn`, which `bucket.reader` sets by itself. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A volume that every job sees in its head and its workers: a PersistentVolumeClaim that is made, or one that is there. */
export interface Volume {
  /** The absolute path at which Ray's containers see it, such as `/output`. A change re-runs the jobs. */
  readonly mountPath: string;
  /** How much is asked for, as a Kubernetes quantity: `5Gi`. Required unless `existingClaim` is given. It can grow, not shrink. */
  readonly size?: string;
  /** The name of a PersistentVolumeClaim to use instead of making one. Set later, it deletes the one that was made. A change re-runs the jobs. */
  readonly existingClaim?: string;
  /** The storage class. Default: the cluster's default one. A change deletes the claim, makes an empty one and re-runs the jobs. */
  readonly storageClassName?: string;
  /**
   * How it can be mounted. Default `ReadWriteOnce`, which every storage class has, and which the pods of one node share; a
   * job on several nodes needs `ReadWriteMany`. A change deletes the claim, makes an empty one and re-runs the jobs.
   */
  readonly accessModes?: readonly string[];
  /** A folder of the volume to mount instead of all of it. */
  readonly subPath?: string;
  /** Whether the jobs can only read it. Default false. */
  readonly readOnly?: boolean;
  /** Whether the claim that is made, and the data on it, stays when it is taken out of the program; its namespace then stays, too. Default false. */
  readonly retainOnDelete?: boolean;
}

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
