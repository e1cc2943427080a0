import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  type Inputs,
  interpolate,
  jsonStringify,
  type Output,
  output,
} from "@pulumi/pulumi";
import type { Argument } from "./argument.ts";
import { constructing } from "./construct.ts";
import type { WorkingDirBucketArgs, WorkingDirBucketOutputs, WorkingDirReader } from "./workingDirBucket/args.ts";
import { encryptionRules, lifecycleRules } from "./workingDirBucket/bucketRules.ts";
import { readerPolicy, transportPolicy, trustPolicy } from "./workingDirBucket/policies.ts";
import { problemsOf } from "./workingDirBucket/problems.ts";

export const constructWorkingDirBucket = constructing({
  token: "rayjob:index:WorkingDirBucket",
  problems: problemsOf,
  make: (name, args, options) => new WorkingDirBucket(name, bucketInputsOf(args), options),
});

/** `rayjob:index:WorkingDirBucket`: see its arguments for what it makes. */
export class WorkingDirBucket extends ComponentResource implements WorkingDirBucketOutputs {
  readonly bucketName: Output<string>;
  readonly bucketArn: Output<string>;
  readonly region: Output<string>;
  readonly uri: Output<string>;
  readonly readerRoleArn?: Output<string>;

  constructor(name: string, args: WorkingDirBucketArgs = {}, options?: ComponentResourceOptions) {
    super("rayjob:index:WorkingDirBucket", name, { ...args }, options);
    const bucket = new Bucket(name, bucketArgsOf(args), { parent: this });
    const guards = createGuards(name, bucket, args, this);

    // Each guard repeats the bucket's name: so it is known in a preview, and whoever takes it waits for all of them.
    this.bucketName = all([bucket.bucket, ...guards.map((guard) => guard.bucket)]).apply(([own = ""]) => own);
    this.bucketArn = all([bucket.arn, this.bucketName]).apply(([arn]) => arn);
    this.region = bucket.region;
    this.uri = interpolate`s3://${this.bucketName}`;
    if (args.reader) this.readerRoleArn = createReader(name, bucket, args.reader, args, this);
    this.registerOutputs(this.outputs);
  }

  get outputs(): Inputs {
    const { bucketName, bucketArn, region, uri, readerRoleArn } = this;
    return { bucketName, bucketArn, region, uri, readerRoleArn };
  }
}

/** The arguments of a bucket; what decides which children there are, by its value. */
export function bucketInputsOf(args: Argument): WorkingDirBucketArgs {
  const { requireTls: _, ...inputs } = args.inputs;
  return args.at("requireTls").value === false ? { ...inputs, requireTls: false } : inputs;
}

function bucketArgsOf({ bucketName, forceDestroy = false, tags }: WorkingDirBucketArgs) {
  return { bucket: bucketName, forceDestroy, tags };
}

/**
 * The first three one after the other: S3 refuses to change two of these of one bucket at once, and a policy is only
 * then judged by the public access block when that is there.
 */
function createGuards(name: string, bucket: Bucket, args: WorkingDirBucketArgs, parent: WorkingDirBucket) {
  const { kmsKeyArn, expireUnusedAfterDays = 30, requireTls = true } = args;
  const onBucket = { bucket: bucket.bucket };
  const publicAccess = new BucketPublicAccessBlock(
    `${name}-public-access`,
    {
      ...onBucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent },
  );
  const ownership = new BucketOwnershipControls(
    `${name}-ownership`,
    { ...onBucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent, dependsOn: publicAccess },
  );
  const encryption = new BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    { ...onBucket, rules: output(kmsKeyArn).apply(encryptionRules) },
    { parent },
  );
  const lifecycle = new BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    { ...onBucket, rules: output(expireUnusedAfterDays).apply(lifecycleRules) },
    { parent },
  );
  const guards = [publicAccess, ownership, encryption, lifecycle];
  if (!requireTls) return guards;
  const transport = new BucketPolicy(
    `${name}-transport`,
    { ...onBucket, policy: jsonStringify(bucket.arn.apply(transportPolicy)) },
    { parent, dependsOn: [publicAccess, ownership] },
  );
  return [...guards, transport];
}

/** The ARN of a role that can read the bucket; known once the role can really read. */
function createReader(
  name: string,
  bucket: Bucket,
  reader: WorkingDirReader,
  { kmsKeyArn, tags }: WorkingDirBucketArgs,
  parent: WorkingDirBucket,
): Output<string> {
  const trust = output(reader).apply((who) => trustPolicy(who.oidcProviderArn, who.serviceAccounts));
  const role = new Role(
    `${name}-reader`,
    { description: "Lets Ray jobs read their working directories", assumeRolePolicy: jsonStringify(trust), tags },
    { parent },
  );
  const allowed = all([bucket.arn, kmsKeyArn]).apply(([arn, key]) => readerPolicy(arn, key));
  const policy = new RolePolicy(`${name}-reader`, { role: role.name, policy: jsonStringify(allowed) }, { parent });
  return all([role.arn, policy.id]).apply(([arn]) => arn);
}
