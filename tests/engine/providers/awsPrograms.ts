import type { Program } from "../../support/rig.ts";

/** A program with one resource of every type that the sandbox's aws plug-in has. */
export const everything: Program = {
  resources: {
    packages: { type: "aws:s3:Bucket", properties: { tags: { team: "ml" } } },
    access: { type: "aws:s3:BucketPublicAccessBlock", properties: { bucket: "${packages.bucket}", ...closed() } },
    ownership: {
      type: "aws:s3:BucketOwnershipControls",
      properties: { bucket: "${packages.bucket}", rule: { objectOwnership: "BucketOwnerEnforced" } },
    },
    encryption: {
      type: "aws:s3:BucketServerSideEncryptionConfiguration",
      properties: {
        bucket: "${packages.bucket}",
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" }, bucketKeyEnabled: true }],
      },
    },
    policy: {
      type: "aws:s3:BucketPolicy",
      properties: { bucket: "${packages.bucket}", policy: readable("${packages.arn}/*") },
    },
    lifecycle: {
      type: "aws:s3:BucketLifecycleConfiguration",
      properties: {
        bucket: "${packages.bucket}",
        rules: [
          {
            id: "old",
            status: "Enabled",
            filter: { and: { prefix: "a/", tags: { unused: "true", team: "ml" } } },
            expiration: { days: 30 },
          },
          { id: "broken", status: "Enabled", filter: {}, abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } },
        ],
      },
    },
    reader: {
      type: "aws:iam:Role",
      properties: {
        description: "Reads",
        tags: { team: "ml" },
        assumeRolePolicy: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
        },
      },
    },
    rights: {
      type: "aws:iam:RolePolicy",
      properties: {
        role: "${reader.name}",
        policy: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "${packages.arn}/*" }],
        },
      },
    },
  },
  outputs: { bucket: "${packages.bucket}", id: "${packages.id}", arn: "${packages.arn}", role: "${reader.name}" },
};

/** A program with a bucket called `packages`, and what else there shall be. */
export function bucketProgram(properties: object = {}, more: Program["resources"] = {}): Program {
  return {
    resources: { packages: { type: "aws:s3:Bucket", properties }, ...more },
    outputs: { bucket: "${packages.bucket}" },
  };
}

/** A policy that lets everybody read. */
export function readable(resource: string) {
  return {
    Version: "2012-10-17",
    Statement: [{ Sid: "Read", Effect: "Allow", Principal: "*", Action: ["s3:GetObject"], Resource: [resource] }],
  };
}

function closed() {
  return { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
}
