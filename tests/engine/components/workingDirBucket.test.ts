import assert from "node:assert/strict";
import { GetRoleCommand, GetRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import type { WorkingDirBucketArgs } from "../../../provider/components/workingDirBucket/args.ts";
import { WorkingDirBucket } from "../../../provider/components/workingDirBucket.ts";
import { TestAws } from "../../support/aws.ts";
import { newInlineRig } from "../../support/inlineRig.ts";
import type { Rig } from "../../support/rig.ts";
import { opsOf, stepOf } from "../../support/run.ts";

describe("WorkingDirBucket on the engine", () => {
  let aws: TestAws;
  let rig: Rig;
  let args: WorkingDirBucketArgs;

  before(async () => {
    aws = await TestAws.start();
  });

  after(() => aws.dispose());

  beforeEach(async () => {
    rig = await newInlineRig(async () => {
      const { bucketName, bucketArn, region, uri, readerRoleArn } = new WorkingDirBucket("packages", args);
      return { bucketName, bucketArn, region, uri, readerRoleArn };
    }, aws.environment());
  });

  afterEach(async () => {
    const run = await rig.destroy();
    await rig.dispose();
    assert(run.succeeded, run.text);
  });

  it("comes up, has nothing to change then, neither after a refresh, and goes away", async () => {
    args = { reader, expireUnusedAfterDays: 7 };
    await up();
    const { bucketName = "", readerRoleArn = "", ...others } = await rig.values();
    assert.match(bucketName, /^packages-[0-9a-f]{7}$/);
    assert.match(readerRoleArn, /^arn:aws:iam::\d{12}:role\/packages-reader-[0-9a-f]{7}$/);
    assert.deepEqual(others, {
      bucketArn: `arn:aws:s3:::${bucketName}`,
      region: "us-east-1",
      uri: `s3://${bucketName}`,
    });
    await assertPromisesKept(bucketName, readerRoleArn.split("/").at(-1) ?? "");
    await assertUnchanged();
    assert((await rig.refresh()).succeeded);
    await assertUnchanged();
    const destroy = await rig.destroy();
    assert(destroy.succeeded, destroy.text);
    await assert.rejects(aws.s3.send(new HeadBucketCommand({ Bucket: bucketName })), { name: "NotFound" });
  });

  it("changes in place what can be, and keeps the bucket", async () => {
    args = {};
    await up();
    const { bucketName } = await rig.values();
    args = { expireUnusedAfterDays: 3, kmsKeyArn, tags: { team: "ml" }, reader };
    const run = await rig.up();
    assert(run.succeeded, run.text);
    assert.deepEqual(
      opsOf(run)
        .filter((op) => !op.endsWith(" same"))
        .sort(),
      [
        // The component, which shows what was said, and the bucket.
        "packages update",
        "packages update",
        "packages-encryption update",
        "packages-lifecycle update",
        "packages-reader create",
        "packages-reader create",
      ],
    );
    assert.deepEqual(stepOf(run, "packages-lifecycle").detailedDiff, {
      "rules[0].expiration.days": "update",
      "rules[2].noncurrentVersionExpiration.noncurrentDays": "update",
    });
    assert.equal((await rig.values()).bucketName, bucketName);
    await assertUnchanged();
  });

  it("keeps versions on demand, stops to on demand, and goes away with all of them", async () => {
    args = { versioning: true, requireTls: false, forceDestroy: true };
    await up();
    const { bucketName: Bucket = "" } = await rig.values();
    for (const Body of ["a", "b"]) await aws.s3.send(new PutObjectCommand({ Bucket, Key: "a.zip", Body }));
    const { Versions } = await aws.s3.send(new ListObjectVersionsCommand({ Bucket }));
    assert.equal(Versions?.length, 2);
    await assertUnchanged();
    args = { requireTls: false, forceDestroy: true };
    await up();
    const { Status } = await aws.s3.send(new GetBucketVersioningCommand({ Bucket }));
    assert.equal(Status, "Suspended");
    await assertUnchanged();
    assert((await rig.destroy()).succeeded);
  });

  it("keeps a bucket with packages unless it is told to delete them", async () => {
    args = { requireTls: false };
    await up();
    const { bucketName: Bucket = "" } = await rig.values();
    await aws.s3.send(new PutObjectCommand({ Bucket, Key: "a.zip", Body: "a", Tagging: "rayjob%2Funused=true" }));
    const { TagSet } = await aws.s3.send(new GetObjectTaggingCommand({ Bucket, Key: "a.zip" }));
    assert.deepEqual(TagSet, [{ Key: "rayjob/unused", Value: "true" }]);
    const refused = await rig.destroy();
    assert(!refused.succeeded);
    assert.match(refused.text, /it still holds objects/);
    args = { requireTls: false, forceDestroy: true };
    await up();
    assert((await rig.destroy()).succeeded);
  });

  async function assertPromisesKept(Bucket: string, RoleName: string) {
    const resources = await rig.storedResources();
    const ofType = (type: string) => resources.find((resource) => resource.type === type);
    const children = resources.filter(({ type }) => type.startsWith("aws:"));
    assert.equal(children.length, 8);
    const component = ofType("rayjob:index:WorkingDirBucket")?.urn;
    assert.deepEqual(new Set(children.map(({ parent }) => parent)), new Set([component]));
    const { dependencies } = ofType("aws:s3/bucketPolicy:BucketPolicy") ?? {};
    assert(dependencies?.some((urn) => urn.endsWith("::packages-public-access")));

    const { Policy = "" } = await aws.s3.send(new GetBucketPolicyCommand({ Bucket }));
    assert.match(Policy, /"aws:SecureTransport":"false"/);
    const { Rules = [] } = await aws.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    assert.deepEqual(
      Rules.map((rule) => [rule.Expiration, rule.AbortIncompleteMultipartUpload, rule.NoncurrentVersionExpiration]),
      [
        [{ Days: 7 }, undefined, undefined],
        [undefined, { DaysAfterInitiation: 1 }, undefined],
        [{ ExpiredObjectDeleteMarker: true }, undefined, { NoncurrentDays: 7 }],
      ],
    );
    const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName }));
    assert.match(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""), /"system:serviceaccount:ml:ray"/);
    const PolicyName = ofType("aws:iam/rolePolicy:RolePolicy")?.id?.split(":")[1] ?? "";
    const { PolicyDocument = "" } = await aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    assert(decodeURIComponent(PolicyDocument).includes(`"arn:aws:s3:::${Bucket}/working-dirs/*"`));
  }

  async function up() {
    const run = await rig.up();
    assert(run.succeeded, run.text);
  }

  async function assertUnchanged() {
    const preview = await rig.preview();
    assert(preview.succeeded, preview.text);
    assert.deepEqual(
      opsOf(preview).filter((op) => !op.endsWith(" same")),
      [],
    );
  }
});

const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";
const reader = {
  oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE",
  serviceAccounts: ["ml/ray"],
};
