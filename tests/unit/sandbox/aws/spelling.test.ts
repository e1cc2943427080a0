import assert from "node:assert/strict";
import { fromAws, toAws } from "../../../sandbox/providers/aws/spelling.ts";

const spellings = [
  {
    pulumi: [
      {
        id: "a",
        filter: { and: { tags: { team: "ml" } } },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
    ],
    aws: [
      {
        ID: "a",
        Filter: { And: { Tags: [{ Key: "team", Value: "ml" }] } },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      },
    ],
  },
  {
    pulumi: { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "key" } },
    aws: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "key" } },
  },
];

describe("the spelling of properties", () => {
  for (const { pulumi, aws } of spellings) {
    it(`is that of AWS there, and comes back: ${JSON.stringify(pulumi)}`, () => {
      assert.deepEqual(toAws(pulumi), aws);
      assert.deepEqual(fromAws(aws), pulumi);
    });
  }
});
