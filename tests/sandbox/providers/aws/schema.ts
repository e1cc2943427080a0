import { createRequire } from "node:module";
import { settings } from "./settings.ts";

const manifest: { readonly version: string } = createRequire(import.meta.url)("@pulumi/aws/package.json");

interface Property {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
  readonly oneOf?: readonly Property[];
  /** What the official plug-in fills in where the program says nothing. */
  readonly default?: boolean | number | string;
  readonly willReplaceOnChanges?: true;
}

type Properties = Readonly<Record<string, Property>>;

export interface Resource {
  readonly inputProperties: Properties;
  readonly requiredInputs: readonly string[];
  readonly properties: Properties;
  readonly required: readonly string[];
}

const text: Property = { type: "string" };
const integer: Property = { type: "integer" };
const fixed: Property = { type: "string", willReplaceOnChanges: true };
const off: Property = { type: "boolean", default: false };
const texts: Property = { type: "object", additionalProperties: text };
const anything: Property = { $ref: "pulumi.json#/Any" };
const policy: Property = { oneOf: [text, { type: "object", additionalProperties: anything }] };

/** Names and shapes are those of the official package, of which this is a part; the code obeys it, so it is strict. */
export const schema = {
  name: "aws",
  version: manifest.version,
  description: "Stands in for the official package in this project's tests",
  config: { variables: settings },
  provider: { inputProperties: settings },
  types: {
    ...object("BucketServerSideEncryptionConfigurationRule", {
      applyServerSideEncryptionByDefault: reference("ApplyServerSideEncryptionByDefault"),
      bucketKeyEnabled: { type: "boolean" },
    }),
    ...object("ApplyServerSideEncryptionByDefault", { sseAlgorithm: text, kmsMasterKeyId: text }, ["sseAlgorithm"]),
    ...object("BucketOwnershipControlsRule", { objectOwnership: text }, ["objectOwnership"]),
    ...object(
      "BucketLifecycleConfigurationRule",
      {
        id: text,
        status: text,
        filter: reference("RuleFilter"),
        expiration: reference("RuleExpiration"),
        noncurrentVersionExpiration: reference("RuleNoncurrentVersionExpiration"),
        abortIncompleteMultipartUpload: reference("RuleAbortIncompleteMultipartUpload"),
      },
      ["id", "status"],
    ),
    ...object("RuleFilter", { prefix: text, tag: reference("RuleFilterTag"), and: reference("RuleFilterAnd") }),
    ...object("RuleFilterTag", { key: text, value: text }, ["key", "value"]),
    ...object("RuleFilterAnd", { prefix: text, tags: texts }),
    ...object("RuleExpiration", { days: integer, expiredObjectDeleteMarker: { type: "boolean" } }),
    ...object("RuleNoncurrentVersionExpiration", { noncurrentDays: integer }, ["noncurrentDays"]),
    ...object("RuleAbortIncompleteMultipartUpload", { daysAfterInitiation: integer }),
    ...object("BucketVersioningVersioningConfiguration", { status: text }, ["status"]),
  },
  resources: {
    "aws:s3/bucket:Bucket": resource(
      { bucket: fixed, bucketPrefix: fixed, forceDestroy: off, tags: texts, region: fixed },
      { outputs: { arn: text, bucketDomainName: text, bucketRegion: text, bucketRegionalDomainName: text } },
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": resource(
      {
        bucket: fixed,
        blockPublicAcls: off,
        blockPublicPolicy: off,
        ignorePublicAcls: off,
        restrictPublicBuckets: off,
        region: fixed,
      },
      { required: ["bucket"] },
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": resource(
      { bucket: fixed, rule: reference("BucketOwnershipControlsRule"), region: fixed },
      { required: ["bucket", "rule"] },
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": resource(
      { bucket: fixed, rules: listOf("BucketServerSideEncryptionConfigurationRule"), region: fixed },
      { required: ["bucket", "rules"] },
    ),
    "aws:s3/bucketPolicy:BucketPolicy": resource(
      { bucket: fixed, policy, region: fixed },
      { required: ["bucket", "policy"] },
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": resource(
      { bucket: fixed, rules: listOf("BucketLifecycleConfigurationRule"), region: fixed },
      { required: ["bucket"] },
    ),
    "aws:s3/bucketVersioning:BucketVersioning": resource(
      { bucket: fixed, versioningConfiguration: reference("BucketVersioningVersioningConfiguration"), region: fixed },
      { required: ["bucket", "versioningConfiguration"] },
    ),
    "aws:iam/role:Role": resource(
      {
        name: fixed,
        path: { ...fixed, default: "/" },
        assumeRolePolicy: policy,
        description: text,
        maxSessionDuration: { type: "integer", default: 3600 },
        permissionsBoundary: text,
        forceDetachPolicies: off,
        tags: texts,
      },
      { required: ["assumeRolePolicy"], outputs: { arn: text, createDate: text, uniqueId: text } },
    ),
    "aws:iam/rolePolicy:RolePolicy": resource({ name: fixed, role: fixed, policy }, { required: ["role", "policy"] }),
  },
};

function resource(
  inputs: Properties,
  { required = [], outputs = {} }: { readonly required?: readonly string[]; readonly outputs?: Properties },
): Resource {
  return {
    inputProperties: inputs,
    requiredInputs: required,
    properties: { ...inputs, ...outputs },
    required: [...required, ...Object.keys(outputs)],
  };
}

function object(name: string, properties: Properties, required: readonly string[] = []) {
  return { [tokenOf(name)]: { type: "object", properties, required } };
}

function reference(name: string): Property {
  return { $ref: `#/types/${tokenOf(name)}` };
}

function listOf(name: string): Property {
  return { type: "array", items: reference(name) };
}

function tokenOf(name: string): string {
  return `aws:s3/${name}:${name}`;
}
