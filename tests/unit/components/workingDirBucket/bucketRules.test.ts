import assert from "node:assert/strict";
import { encryptionRules, lifecycleRules } from "../../../../provider/components/workingDirBucket/bucketRules.ts";

describe("lifecycleRules", () => {
  it("expire what is marked as unused, after so many days, and only that", () => {
    const expiring = lifecycleRules(7).filter(({ expiration }) => expiration?.days !== undefined);
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

describe("lifecycleRules of versions", () => {
  it("remove those of what was removed, after the same days, and the marks that are left of it, but nothing that is there", () => {
    const rules = lifecycleRules(7).filter((rule) => rule.noncurrentVersionExpiration !== undefined);
    assert.deepEqual(
      rules.map((rule) => [rule.filter, rule.noncurrentVersionExpiration, rule.expiration]),
      [[{}, { noncurrentDays: 7 }, { expiredObjectDeleteMarker: true }]],
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
