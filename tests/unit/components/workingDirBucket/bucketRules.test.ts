import assert from "node:assert/strict";
import { encryptionRules, lifecycleRules } from "../../../../provider/components/workingDirBucket/bucketRules.ts";

describe("lifecycleRules", () => {
  it("expire what is marked as unused, after so many days, and only that", () => {
    const expiring = lifecycleRules(7).filter(({ expiration }) => expiration !== undefined);
    assert.deepEqual(
      expiring.map(({ filter, expiration }) => ({ filter, expiration })),
      [{ filter: { tag: { key: "rayjob/unused", value: "true" } }, expiration: { days: 7 } }],
    );
  });

  it("abort unfinished uploads of anything after a day, in a rule without a tag: S3 takes no other", () => {
    const aborting = lifecycleRules(7).filter((rule) => rule.abortIncompleteMultipartUpload !== undefined);
    assert.deepEqual(
      aborting.map((rule) => [rule.filter, rule.abortIncompleteMultipartUpload]),
      [[{}, { daysAfterInitiation: 1 }]],
    );
  });
});

describe("encryptionRules", () => {
  it("are S3's own key without a key, and the key with its bucket key with one", () => {
    const kmsMasterKeyId = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
    assert.deepEqual(encryptionRules(), [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }]);
    assert.deepEqual(encryptionRules(kmsMasterKeyId), [
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId }, bucketKeyEnabled: true },
    ]);
  });
});
