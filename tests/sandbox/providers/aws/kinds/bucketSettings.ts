import {
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  type OwnershipControlsRule,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
  type ServerSideEncryptionRule,
  type VersioningConfiguration,
} from "@aws-sdk/client-s3";
import { isPropertyMap, type PropertyMap } from "../../../../../provider/values/value.ts";
import { ifFound } from "../awsError.ts";
import { fromAws, toAws } from "../spelling.ts";
import { type Kind, textOf } from "./kind.ts";
import { lifecycleRefusalsOf } from "./lifecycleRefusals.ts";

/** `aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock` */
export const publicAccessBlock = settingOf("the public access block", {
  put: (s3, Bucket, { bucket: _, region: __, ...flags }) =>
    s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: toAws(flags) as object })),
  async get(s3, Bucket) {
    const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    return fromAws(PublicAccessBlockConfiguration ?? {}) as PropertyMap;
  },
  delete: (s3, Bucket) => s3.send(new DeletePublicAccessBlockCommand({ Bucket })),
});

/** `aws:s3/bucketOwnershipControls:BucketOwnershipControls` */
export const ownership = settingOf("the ownership controls", {
  put: (s3, Bucket, { rule }) => {
    const Rules = [toAws(rule) as OwnershipControlsRule];
    return s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
  },
  async get(s3, Bucket) {
    const { OwnershipControls } = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    return { rule: fromAws(OwnershipControls?.Rules?.[0] ?? {}) };
  },
  delete: (s3, Bucket) => s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket })),
});

/** `aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration` */
export const encryption = settingOf("the encryption", {
  put: (s3, Bucket, { rules }) => {
    const ServerSideEncryptionConfiguration = { Rules: toAws(rules) as ServerSideEncryptionRule[] };
    return s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
  },
  async get(s3, Bucket) {
    const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    return { rules: fromAws(ServerSideEncryptionConfiguration?.Rules ?? []) };
  },
  delete: (s3, Bucket) => s3.send(new DeleteBucketEncryptionCommand({ Bucket })),
});

/** `aws:s3/bucketPolicy:BucketPolicy` */
export const policy: Kind = {
  ...settingOf("the policy", {
    put: (s3, Bucket, inputs) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy: textOf(inputs, "policy") })),
    async get(s3, Bucket) {
      const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
      return { policy: Policy };
    },
    delete: (s3, Bucket) => s3.send(new DeleteBucketPolicyCommand({ Bucket })),
  }),
  policies: ["policy"],
};

/** `aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration` */
export const lifecycle: Kind = {
  ...settingOf("the lifecycle rules", {
    put: (s3, Bucket, { rules }) => {
      const LifecycleConfiguration = { Rules: toAws(rules ?? []) as LifecycleRule[] };
      return s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
    },
    async get(s3, Bucket) {
      const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
      return { rules: fromAws(Rules ?? []) };
    },
    delete: (s3, Bucket) => s3.send(new DeleteBucketLifecycleCommand({ Bucket })),
  }),
  refusalsOf: lifecycleRefusalsOf,
};

/** `aws:s3/bucketVersioning:BucketVersioning`. What was enabled once can only be suspended, which is how it is deleted. */
export const versioning: Kind = {
  ...settingOf("the versioning", {
    put: (s3, Bucket, { versioningConfiguration }) =>
      putVersioning(s3, Bucket, toAws(versioningConfiguration) as object),
    async get(s3, Bucket) {
      const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
      return { versioningConfiguration: { status: Status ?? "Disabled" } };
    },
    delete: (s3, Bucket) => putVersioning(s3, Bucket, { Status: "Suspended" }),
  }),
  refusalsOf: ({ versioningConfiguration }) => {
    const status = isPropertyMap(versioningConfiguration) ? versioningConfiguration.status : undefined;
    if (typeof status !== "string" || ["Enabled", "Suspended", "Disabled"].includes(status)) return [];
    return [{ path: ["versioningConfiguration", "status"], reason: "Must be Enabled, Suspended or Disabled" }];
  },
};

function putVersioning(s3: S3Client, Bucket: string, VersioningConfiguration: VersioningConfiguration) {
  return s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
}

interface Calls {
  put(s3: S3Client, bucket: string, inputs: PropertyMap): Promise<unknown>;
  get(s3: S3Client, bucket: string): Promise<PropertyMap>;
  delete(s3: S3Client, bucket: string): Promise<unknown>;
}

/** A part of a bucket that is a resource of its own. Its id is the bucket's name. */
function settingOf(what: string, calls: Calls): Kind {
  return {
    subjectOf: ({ bucket }) => `${what} of the bucket ${String(bucket)}`,
    async create(inputs, { s3 }) {
      const bucket = textOf(inputs, "bucket");
      await calls.put(s3, bucket, inputs);
      return bucket;
    },
    async read(bucket, { s3 }) {
      const found: PropertyMap | undefined = await ifFound(calls.get(s3, bucket));
      return found && { bucket, ...found };
    },
    update: (bucket, inputs, { s3 }) => calls.put(s3, bucket, inputs),
    delete: (bucket, _, { s3 }) => ifFound(calls.delete(s3, bucket)),
  };
}
