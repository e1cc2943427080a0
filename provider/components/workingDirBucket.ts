import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  type Inputs,
  interpolate,
  jsonStringify,
  log,
  type Output,
  output,
  runtime,
} from "@pulumi/pulumi";
import { endpointOf } from "../storage/storageConfiguration.ts";
import type { Argument } from "./argument.ts";
import { constructing, problemOf } from "./construct.ts";
import type { WorkingDirBucketArgs, WorkingDirBucketOutputs } from "./workingDirBucket/args.ts";
import { encryptionRules, lifecycleRules } from "./workingDirBucket/bucketRules.ts";
import { bucketFindings } from "./workingDirBucket/findings.ts";
import { bucketNameOf } from "./workingDirBucket/names.ts";
import { transportPolicy } from "./workingDirBucket/policies.ts";
import { createReader, readerInputsOf } from "./workingDirBucket/reader.ts";
import { transportWarning } from "./workingDirBucket/transport.ts";

export const constructWorkingDirBucket = constructing({
  token: "rayjob:index:WorkingDirBucket",
  problems: (values) => bucketFindings(values).map(problemOf),
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
    const warning = transportWarning(
      args.requireTls ?? true,
      endpointOf({ endpoint: runtime.allConfig()["rayjob:endpoint"] }),
    );
    if (warning !== undefined) void log.warn(warning, this);
    const child = args.bucketName === undefined ? bucketNameOf(name) : { name, aliases: [] };
    const bucket = new Bucket(child.name, bucketArgsOf(args), { parent: this, aliases: child.aliases });
    const guards = createGuards(name, bucket, args, this);

    // Each guard repeats the bucket's name: so it is known in a preview, and whoever takes it waits for all of them.
    this.bucketName = all([bucket.bucket, ...guards.map((guard) => guard.bucket)]).apply(([own = ""]) => own);
    this.bucketArn = all([bucket.arn, this.bucketName]).apply(([arn]) => arn);
    this.region = bucket.region;
    this.uri = interpolate`s3://${this.bucketName}`;
    if (args.reader) this.readerRoleArn = createReader(name, bucket.arn, args.reader, args, this);
    this.registerOutputs(this.outputs);
  }

  get outputs(): Inputs {
    const { bucketName, bucketArn, region, uri, readerRoleArn } = this;
    return { bucketName, bucketArn, region, uri, readerRoleArn };
  }
}

/** The arguments of a bucket; what decides which children there are, by its value. */
export function bucketInputsOf(args: Argument): WorkingDirBucketArgs {
  const { requireTls: _, versioning: __, reader: ___, ...inputs } = args.inputs;
  const reader = args.at("reader");
  return {
    ...inputs,
    ...(reader.isGiven ? { reader: readerInputsOf(reader) } : {}),
    ...(args.at("requireTls").value === false ? { requireTls: false } : {}),
    ...(args.at("versioning").value === true ? { versioning: true } : {}),
  };
}

function bucketArgsOf({ bucketName, forceDestroy = false, tags }: WorkingDirBucketArgs) {
  return { bucket: bucketName, forceDestroy, tags };
}

/**
 * The first three one after the other: S3 refuses to change two of these of one bucket at once, and a policy is only
 * then judged by the public access block when that is there.
 */
function createGuards(name: string, bucket: Bucket, args: WorkingDirBucketArgs, parent: WorkingDirBucket) {
  const { kmsKeyArn, expireUnusedAfterDays = 30, requireTls = true, versioning = false } = args;
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
  const versions = versioning
    ? [
        new BucketVersioning(
          `${name}-versioning`,
          { ...onBucket, versioningConfiguration: { status: "Enabled" } },
          { parent },
        ),
      ]
    : [];
  const lifecycle = new BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    { ...onBucket, rules: output(expireUnusedAfterDays).apply(lifecycleRules) },
    { parent, dependsOn: versions },
  );
  const guards = [publicAccess, ownership, encryption, ...versions, lifecycle];
  if (!requireTls) return guards;
  const transport = new BucketPolicy(
    `${name}-transport`,
    { ...onBucket, policy: jsonStringify(bucket.arn.apply(transportPolicy)) },
    { parent, dependsOn: [publicAccess, ownership] },
  );
  return [...guards, transport];
}
