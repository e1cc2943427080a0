import assert from "node:assert/strict";
import { GetRoleCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeletePublicAccessBlockCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { TestAws } from "../../support/aws.ts";
import { newRig, type Program, type Rig } from "../../support/rig.ts";
import { opsOf, outputsOf, stepOf } from "../../support/run.ts";
import { bucketProgram, everything, readable } from "./awsPrograms.ts";

describe("the sandbox's aws plug-in", () => {
  let aws: TestAws;
  let rig: Rig;

  before(async () => {
    aws = await TestAws.start();
  });

  after(() => aws.dispose());

  afterEach(async () => {
    const run = await rig.destroy();
    await rig.dispose();
    assert(run.succeeded, run.text);
  });

  it("makes one of everything, sees no change then, neither in a refresh, and takes all of it away", async () => {
    await up(everything);
    const { bucket, id, arn, role } = await rig.values();
    assert.match(bucket ?? "", /^packages-[0-9a-f]{7}$/);
    assert.deepEqual([id, arn], [bucket, `arn:aws:s3:::${bucket}`]);
    await assertUnchanged();
    const refresh = await rig.refresh();
    assert(refresh.succeeded, refresh.text);
    assert.deepEqual(changesIn(refresh.steps), []);
    await assertUnchanged();

    const destroy = await rig.destroy();
    assert(destroy.succeeded, destroy.text);
    await assert.rejects(aws.s3.send(new HeadBucketCommand({ Bucket: bucket })), { name: "NotFound" });
    await assert.rejects(aws.iam.send(new GetRoleCommand({ RoleName: role })), { name: "NoSuchEntityException" });
  });

  it("knows in a preview the name that it would give, and not what AWS gives", async () => {
    rig = await newRig(everything, aws.environment());
    const { bucket, arn, region } = outputsOf(await rig.preview(), "packages");
    assert.match(String(bucket), /^packages-[0-9a-f]{7}$/);
    assert.equal(region, "us-east-1");
    assert.equal(arn, "04da6b54-80e4-46f7-96ec-b56ff0331ba9");
  });

  it("keeps a generated name, changes tags in place, and says which", async () => {
    await up(bucketProgram({ tags: { team: "ml", stage: "test" } }));
    const { bucket } = await rig.values();
    await rig.write(bucketProgram({ tags: { team: "data" } }));
    const update = await rig.up();
    assert(update.succeeded, update.text);
    const { op, detailedDiff } = stepOf(update, "packages");
    assert.deepEqual(
      { op, detailedDiff },
      { op: "update", detailedDiff: { "tags.stage": "delete", "tags.team": "update" } },
    );
    assert.equal((await rig.values()).bucket, bucket);
    const { TagSet } = await aws.s3.send(new GetBucketTaggingCommand({ Bucket: bucket }));
    assert.deepEqual(TagSet, [{ Key: "team", Value: "data" }]);
  });

  it("replaces a bucket whose name changes, the new one first; from a prefix a name is made only then", async () => {
    await up(bucketProgram({ bucket: `one-${unique()}` }));
    await rig.write(bucketProgram({ bucketPrefix: "two-" }));
    const run = await rig.up();
    assert(run.succeeded, run.text);
    assert.deepEqual(opsOf(run), ["packages create-replacement", "packages replace", "packages delete-replaced"]);
    assert.deepEqual(stepOf(run, "packages").detailedDiff, { bucket: "delete-replace", bucketPrefix: "add-replace" });
    assert.match((await rig.values()).bucket ?? "", /^two-\d{17}[0-9a-f]{8}$/);
    assert.deepEqual(changesIn((await rig.refresh()).steps), []);
    await assertUnchanged();
  });

  it("compares policies by what they mean", async () => {
    const name = `policies-${unique()}`;
    const withPolicy = (policy: unknown) =>
      bucketProgram(
        { bucket: name },
        { policy: { type: "aws:s3:BucketPolicy", properties: { bucket: name, policy }, options } },
      );
    const options = { dependsOn: ["${packages}"] };
    const policy = readable(`arn:aws:s3:::${name}/*`);
    await up(withPolicy(JSON.stringify(policy)));
    const [statement] = policy.Statement;
    const reworded = { ...statement, Action: "s3:GetObject", Resource: `arn:aws:s3:::${name}/*` };
    await rig.write(withPolicy(JSON.stringify({ Statement: reworded, Version: policy.Version }, undefined, 2)));
    await assertUnchanged();
    await rig.write(withPolicy(JSON.stringify({ ...policy, Statement: [{ ...statement, Action: "s3:*" }] })));
    assert.deepEqual(stepOf(await rig.preview(), "policy").detailedDiff, { policy: "update" });
  });

  it("sees in a refresh what others have changed or removed, and the next update puts it right", async () => {
    await up(everything);
    const { bucket, role } = await rig.values();
    await aws.s3.send(new DeletePublicAccessBlockCommand({ Bucket: bucket }));
    const TagSet = [{ Key: "team", Value: "theirs" }];
    await aws.s3.send(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet } }));
    const everyone = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [everyone] });
    await aws.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: role, PolicyDocument }));
    await assertUnchanged();

    const refresh = await rig.refresh();
    assert(refresh.succeeded, refresh.text);
    assert.deepEqual(changesIn(refresh.steps).sort(), ["access delete", "packages update", "reader update"]);
    const run = await rig.up();
    assert(run.succeeded, run.text);
    assert.deepEqual(changesIn(run.steps).sort(), ["access create", "packages update", "reader update"]);
    assert.deepEqual(stepOf(run, "packages").detailedDiff, { "tags.team": "update" });
    assert.deepEqual(stepOf(run, "reader").detailedDiff, { assumeRolePolicy: "update" });
  });

  it("forgets in a refresh a bucket that is gone, and destroys it without an error", async () => {
    await up(bucketProgram());
    await aws.s3.send(new DeleteBucketCommand({ Bucket: (await rig.values()).bucket }));
    const destroy = await rig.destroy();
    assert(destroy.succeeded, destroy.text);
    await up(bucketProgram(), rig);
    await aws.s3.send(new DeleteBucketCommand({ Bucket: (await rig.values()).bucket }));
    assert((await rig.refresh()).succeeded);
    assert.equal((await rig.state()).has("packages"), false);
  });

  it("imports a bucket, and then has nothing to change", async () => {
    const name = `found-${unique()}`;
    await aws.s3.send(new CreateBucketCommand({ Bucket: name }));
    rig = await newRig(bucketProgram({ bucket: name }), aws.environment());
    const run = await rig.import([{ type: "aws:s3/bucket:Bucket", name: "packages", id: name }]);
    assert(run.succeeded, run.text);
    await assertUnchanged();
  });

  it("deletes a bucket with objects only when forceDestroy says so, and then every version of them", async () => {
    await up(bucketProgram());
    const { bucket } = await rig.values();
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await aws.s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
    for (const Body of ["1", "2"]) await aws.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "a", Body }));
    const refused = await rig.destroy();
    assert(!refused.succeeded);
    assertOneError(
      refused.text,
      `Cannot delete the bucket ${bucket}: it still holds objects; empty it, or set forceDestroy to true and run \`pulumi up\` before`,
    );
    await rig.write(bucketProgram({ forceDestroy: true }));
    assert((await rig.up()).succeeded);
    const destroy = await rig.destroy();
    assert(destroy.succeeded, destroy.text);
    await assert.rejects(aws.s3.send(new HeadBucketCommand({ Bucket: bucket })), { name: "NotFound" });
  });

  for (const region of ["us-east-1", "eu-central-1"]) {
    it(`refuses in ${region} to take over a bucket that exists`, async () => {
      const name = `taken-${unique()}`;
      rig = await newRig(bucketProgram({ bucket: name, region }), aws.environment());
      assert((await rig.up()).succeeded);
      const other = await newRig(bucketProgram({ bucket: name, region }), aws.environment());
      const run = await other.up();
      await other.dispose();
      assert(!run.succeeded);
      assertOneError(
        run.text,
        `Cannot create the bucket ${name}: it exists already, in this account; import it, or choose another name`,
      );
    });
  }

  it("says in one error that the endpoint cannot be reached, and drops no state for it", async () => {
    await up(bucketProgram());
    const nowhere = await newRig(bucketProgram(), aws.environment({ AWS_ENDPOINT_URL: "http://127.0.0.1:1" }));
    const run = await nowhere.up();
    await nowhere.dispose();
    assert(!run.succeeded);
    assert.match(
      run.text,
      /Cannot create the bucket packages-[0-9a-f]{7}: the endpoint cannot be reached \(ECONNREFUSED\)/,
    );

    rig.stack.workspace.envVars = { ...rig.stack.workspace.envVars, AWS_ENDPOINT_URL: "http://127.0.0.1:1" };
    const refresh = await rig.refresh();
    rig.stack.workspace.envVars = { ...rig.stack.workspace.envVars, AWS_ENDPOINT_URL: aws.endpoint };
    assert(!refresh.succeeded, refresh.text);
    assert.equal((await rig.state()).has("packages"), true);
  });

  it("goes by the settings of an explicit provider, and keeps its keys out of the state's plain text", async () => {
    const settings = {
      region: "eu-west-1",
      accessKey: "an-access-key",
      secretKey: "a-secret-key",
      endpoints: [{ s3: aws.endpoint }, { iam: aws.endpoint }],
      s3UsePathStyle: true,
      skipCredentialsValidation: true,
      skipMetadataApiCheck: true,
      skipRequestingAccountId: true,
    };
    const program: Program = {
      resources: {
        account: { type: "pulumi:providers:aws", properties: settings },
        packages: { type: "aws:s3:Bucket", options: { provider: "${account}" } },
      },
      outputs: { bucket: "${packages.bucket}", region: "${packages.bucketRegion}" },
    };
    const nothing = { AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_REGION: "", AWS_ACCESS_KEY_ID: "" };
    rig = await newRig(program, aws.environment(nothing));
    const run = await rig.up();
    assert(run.succeeded, run.text);
    assert.equal((await rig.values()).region, "eu-west-1");
    assert.equal((await rig.stateText()).includes("a-secret-key"), false);
    await assertUnchanged();
  });

  async function up(program: Program, on?: Rig) {
    rig = on ?? (await newRig(program, aws.environment()));
    const run = await rig.up();
    assert(run.succeeded, run.text);
  }

  async function assertUnchanged() {
    const preview = await rig.preview();
    assert(preview.succeeded, preview.text);
    assert.deepEqual(changesIn(preview.steps), []);
  }
});

function changesIn(steps: readonly { readonly name: string; readonly op: string }[]): string[] {
  return steps.filter(({ op }) => op !== "same" && op !== "refresh").map(({ name, op }) => `${name} ${op}`);
}

function assertOneError(text: string, message: string) {
  assert(text.includes(`error: ${message}`), text);
}

function unique(): string {
  return Math.random().toString(16).slice(2, 10);
}
