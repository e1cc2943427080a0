import { bucket } from "./bucket.ts";
import { encryption, lifecycle, ownership, policy, publicAccessBlock, versioning } from "./bucketSettings.ts";
import type { Kind } from "./kind.ts";
import { role } from "./role.ts";
import { rolePolicy } from "./rolePolicy.ts";

/** Every type that this plug-in has, by its token. */
export const kinds: Readonly<Record<string, Kind>> = {
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": publicAccessBlock,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ownership,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": encryption,
  "aws:s3/bucketPolicy:BucketPolicy": policy,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": lifecycle,
  "aws:s3/bucketVersioning:BucketVersioning": versioning,
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicy:RolePolicy": rolePolicy,
};
