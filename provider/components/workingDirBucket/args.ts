import type { Input, Output } from "@pulumi/pulumi";
import type { Integer } from "../../values/value.ts";

/**
 * An S3 bucket for the working directories of Ray jobs, with its guards: nothing in it can become public, it is
 * encrypted, it is reached with TLS only, and what is no longer used goes away by itself. On demand it comes with a role
 * that can read it and do nothing else.
 *
 * With the name `packages` its children are `packages` (`aws:s3:Bucket`), `packages-public-access`
 * (`aws:s3:BucketPublicAccessBlock`), `packages-ownership` (`aws:s3:BucketOwnershipControls`), `packages-encryption`
 * (`aws:s3:BucketServerSideEncryptionConfiguration`), `packages-transport` (`aws:s3:BucketPolicy`),
 * `packages-lifecycle` (`aws:s3:BucketLifecycleConfiguration`) and `packages-reader` (`aws:iam:Role` and
 * `aws:iam:RolePolicy`).
 */
export interface WorkingDirBucketArgs {
  /**
   * The bucket's name. By default it is generated from the component's name. A change of it replaces the bucket, and
   * the packages in it are uploaded again.
   */
  bucketName?: Input<string>;
  /**
   * Whether to delete the bucket together with the packages that are in it. By default `false`: a bucket that is not
   * empty is then not deleted. It counts once a `pulumi up` has written it down.
   */
  forceDestroy?: Input<boolean>;
  /**
   * The ARN of a KMS key to encrypt packages with; the reader is allowed to decrypt with it. By default the key is
   * managed by S3 (AES-256). Packages that are there already keep the key that they were written with.
   */
  kmsKeyArn?: Input<string>;
  /**
   * After how many days a package is removed that no `WorkingDir` stands for any more. S3 counts them from when the
   * package was last written. By default 30.
   */
  expireUnusedAfterDays?: Input<Integer>;
  /**
   * Whether to deny everything that comes without TLS 1.2 or newer. By default `true`; `false` is for a store of one's
   * own that speaks S3 without TLS.
   */
  requireTls?: boolean;
  /** Tags of the bucket and of the reader's role. */
  tags?: Input<Record<string, Input<string>>>;
  /** Who shall be able to read the packages, by a role that is made for it. By default no role is made. */
  reader?: WorkingDirReader;
}

/** Kubernetes service accounts that become the reader of the bucket: IAM roles for service accounts, as on EKS. */
export interface WorkingDirReader {
  /** The ARN of the IAM OIDC provider that stands for the cluster. */
  oidcProviderArn: Input<string>;
  /** The service accounts of the Ray pods, each as `namespace/name`. No others can assume the role. */
  serviceAccounts: Input<Input<string>[]>;
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
  /** The ARN of the reader's role, for the service accounts' annotation `eks.amazonaws.com/role-arn`. */
  readerRoleArn?: Output<string>;
}
