import type { Input, Output } from "@pulumi/pulumi";
import type { Integer } from "../../values/value.ts";

/**
 * An S3 bucket for the working directories of Ray jobs, with its guards: nothing in it can become public, it is
 * encrypted, it is reached with TLS only, and what is no longer used goes away by itself. On demand it comes with a role
 * that can read it and do nothing else.
 *
 * With the name `packages` its children are `packages` (`aws:s3:Bucket`), `packages-public-access`
 * (`aws:s3:BucketPublicAccessBlock`), `packages-ownership` (`aws:s3:BucketOwnershipControls`), `packages-encryption`
 * (`aws:s3:BucketServerSideEncryptionConfiguration`), `packages-transport` (`aws:s3:BucketPolicy`), `packages-versioning`
 * (`aws:s3:BucketVersioning`), `packages-lifecycle` (`aws:s3:BucketLifecycleConfiguration`), `packages-reader` (`aws:iam:Role`
 * and `aws:iam:RolePolicy`) and `packages-reader-NAMESPACE.NAME` (`aws:eks:PodIdentityAssociation`). Where S3 or IAM takes no name that
 * begins so, the bucket or the role is called by lower-case letters, digits and dashes instead, and a hash.
 */
export interface WorkingDirBucketArgs {
  /**
   * The bucket's name. By default it is generated from the component's name, made fit for S3. A change of it replaces the bucket, and
   * the packages in it are uploaded again.
   */
  bucketName?: Input<string>;
  /**
   * Whether to delete the bucket together with the packages that are in it. By default `false`: a bucket that is not
   * empty is then not deleted. A change counts once a `pulumi up` has written it down.
   */
  forceDestroy?: Input<boolean>;
  /**
   * The ARN of a KMS key to encrypt packages with. By default the key is managed by S3 (AES-256). A change is made in place: packages
   * that are there already keep the key that they were written with. The reader is allowed to decrypt what is in the bucket with
   * every key of this one's account and region. Before the key is taken away, or changed for one of elsewhere, the packages have to be encrypted
   * anew, with `aws s3 cp --recursive --sse AES256` of the prefix onto itself, or the reader cannot read them any more.
   */
  kmsKeyArn?: Input<string>;
  /**
   * After how many days a package is removed that no `WorkingDir` of any stack stands for any more, counted from when the last
   * one was gone; a package of more than 5 GB from when it was uploaded. No job may go on for longer without its `WorkingDir`: its
   * retries and new workers would not find their code. By default 30. A change is made in place.
   */
  expireUnusedAfterDays?: Input<Integer>;
  /**
   * Whether to deny everything that comes without TLS 1.2 or newer. By default `true`; `false` is for a store of one's
   * own that speaks S3 without TLS. A change is made in place.
   */
  requireTls?: boolean;
  /**
   * Whether S3 keeps what is overwritten or deleted, for `expireUnusedAfterDays` more. By default `false`. A change is made in place: taken back, it is
   * suspended, and the versions that there are go in that time.
   */
  versioning?: boolean;
  /**
   * What the keys of the packages start with, as `WorkingDir` has it; the reader reads nothing else. By default `working-dirs`. In a
   * `RayJobComponent` a change uploads the packages again, and re-runs their jobs.
   */
  prefix?: Input<string>;
  /** Tags of the bucket and of the reader's role. By default none. A change is made in place. */
  tags?: Input<Record<string, Input<string>>>;
  /** Who shall be able to read the packages, by a role that is made for it. By default no role is made. A change is made in place. */
  reader?: WorkingDirReader;
}

/**
 * Kubernetes service accounts that become the reader of the bucket, by IAM roles for service accounts (`oidcProviderArn`) or by
 * EKS Pod Identity (`podIdentity`): either of the two. A change is made in place.
 */
export interface WorkingDirReader {
  /** The ARN of the IAM OIDC provider that stands for the cluster. Either this or `podIdentity`. */
  oidcProviderArn?: Input<string>;
  /** EKS Pod Identity instead, whose agent must run on the cluster. Ray's images need boto3 1.34.41 or newer for it. */
  podIdentity?: PodIdentity;
  /** The service accounts of the Ray pods, each as `namespace/name`. No others can assume the role. */
  serviceAccounts: Input<Input<string>[]>;
}

/** The cluster in which EKS Pod Identity gives the reader's role to service accounts. A change makes the associations anew. */
export interface PodIdentity {
  /** The name of the EKS cluster. */
  clusterName: Input<string>;
}

/** What is known of the bucket. */
export interface WorkingDirBucketOutputs {
  /** The bucket's name. Whoever uses it waits until the bucket's guards are there. */
  bucketName: Output<string>;
  /** The bucket's ARN. */
  bucketArn: Output<string>;
  /** The AWS region that the bucket is in. */
  region: Output<string>;
  /** The bucket as `s3://…`. */
  uri: Output<string>;
  /**
   * The ARN of the reader's role. With `oidcProviderArn` it is for the service accounts' annotation
   * `eks.amazonaws.com/role-arn`; with `podIdentity` they must not have that.
   */
  readerRoleArn?: Output<string>;
}
