import { unusedTag } from "../../storage/usage.ts";

/**
 * What S3 does by itself: it removes packages that are marked as unused, what uploads that were never finished have left
 * behind, and, where versions are or once were kept, those of what was removed. These are several rules, because S3 neither
 * aborts uploads nor removes the marks of what was deleted by a tag.
 */
export function lifecycleRules(expireUnusedAfterDays: number) {
  return [
    {
      id: "expire-unused-packages",
      status: "Enabled",
      filter: { tag: unusedTag },
      expiration: { days: expireUnusedAfterDays },
    },
    {
      id: "abort-incomplete-uploads",
      status: "Enabled",
      filter: {},
      abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
    },
    {
      id: "expire-old-versions",
      status: "Enabled",
      filter: {},
      expiration: { expiredObjectDeleteMarker: true },
      noncurrentVersionExpiration: { noncurrentDays: expireUnusedAfterDays },
    },
  ];
}

/** How S3 encrypts what is written from now on. The bucket key spares a call of KMS for each object. */
export function encryptionRules(kmsKeyArn?: string) {
  if (kmsKeyArn === undefined) return [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }];
  const byKey = { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn };
  return [{ applyServerSideEncryptionByDefault: byKey, bucketKeyEnabled: true }];
}
