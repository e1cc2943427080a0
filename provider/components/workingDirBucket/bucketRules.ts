import { unusedTag } from "../../storage/usage.ts";

/**
 * What S3 does by itself: it removes packages that are marked as unused, and what uploads that were never finished have
 * left behind. These are two rules, because S3 does not abort uploads by a tag.
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
  ];
}

/** How S3 encrypts what is written from now on. The bucket key spares a call of KMS for each object. */
export function encryptionRules(kmsKeyArn?: string) {
  if (kmsKeyArn === undefined) return [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }];
  const byKey = { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn };
  return [{ applyServerSideEncryptionByDefault: byKey, bucketKeyEnabled: true }];
}
