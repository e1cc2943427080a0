import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime/index.js";
import type { WorkingDirBucketArgs } from "../../../provider/components/workingDirBucket/args.ts";
import { WorkingDirBucket } from "../../../provider/components/workingDirBucket.ts";
import { Registrations, resolved } from "./registrations.ts";

const oidcProviderArn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";
const key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
const reader = { oidcProviderArn, serviceAccounts: ["ml/ray"] };

describe("WorkingDirBucket", () => {
  it("makes the bucket and its guards, under the names that its docstring promises", async () => {
    const { registrations } = await construct({ reader });
    assert.deepEqual([...registrations.inputs.keys()].sort(), [
      "aws:iam/role:Role packages-reader",
      "aws:iam/rolePolicy:RolePolicy packages-reader",
      "aws:s3/bucket:Bucket packages",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration packages-lifecycle",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls packages-ownership",
      "aws:s3/bucketPolicy:BucketPolicy packages-transport",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock packages-public-access",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration packages-encryption",
      "rayjob:index:WorkingDirBucket packages",
    ]);
  });

  it("makes a bucket and a role of a fit name where the component's own is none, unless the bucket has a name", async () => {
    const { registrations } = await construct({ reader }, "my ml_packages");
    const names = [...registrations.inputs.keys()].filter((each) => /:(Bucket|Role|RolePolicy) /.test(each));
    assert.deepEqual(names.map((each) => each.replace(/^.* (my-ml-packages)-[0-9a-f]{8}/, "$1")).sort(), [
      "my-ml-packages",
      "my-ml-packages-reader",
      "my-ml-packages-reader",
    ]);
    const { registrations: withName } = await construct({ bucketName: "ml-packages" }, "my ml_packages");
    assert(withName.inputs.has("aws:s3/bucket:Bucket my ml_packages"));
  });

  it("is closed to the public, owned by its owner, encrypted by S3 and kept when it is not empty, by default", async () => {
    const { registrations } = await construct();
    const bucket = "packages-1234567";
    assert.deepEqual(inputsOf(registrations, "Bucket"), { forceDestroy: false });
    assert.deepEqual(inputsOf(registrations, "BucketPublicAccessBlock"), {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    assert.deepEqual(inputsOf(registrations, "BucketOwnershipControls"), {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    assert.deepEqual(inputsOf(registrations, "BucketServerSideEncryptionConfiguration"), {
      bucket,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    assert.deepEqual(expirationsIn(registrations), [{ days: 30 }, { expiredObjectDeleteMarker: true }]);
    assert.equal(registrations.inputs.has("aws:s3/bucketVersioning:BucketVersioning packages-versioning"), false);
    assert.equal(registrations.inputs.has("aws:iam/role:Role packages-reader"), false);
  });

  it("takes its name, its key, its days and its tags from the arguments, outputs among them", async () => {
    const { registrations } = await construct({
      bucketName: output("ml-packages"),
      forceDestroy: true,
      kmsKeyArn: output(key),
      expireUnusedAfterDays: output(7),
      tags: { team: output("ml") },
    });
    const given = { bucket: "ml-packages", forceDestroy: true, tags: { team: "ml" } };
    assert.deepEqual(inputsOf(registrations, "Bucket"), given);
    assert.deepEqual(inputsOf(registrations, "BucketServerSideEncryptionConfiguration").rules, [
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key }, bucketKeyEnabled: true },
    ]);
    assert.deepEqual(expirationsIn(registrations), [{ days: 7 }, { expiredObjectDeleteMarker: true }]);
  });

  it("has the reader's role trust the service accounts, and allow it the bucket and the keys that it may have had", async () => {
    const { registrations, bucket } = await construct({ reader, kmsKeyArn: key, tags: { team: "ml" } });
    const role = inputsOf(registrations, "Role");
    assert.deepEqual(role.tags, { team: "ml" });
    assert.match(String(role.assumeRolePolicy), /"system:serviceaccount:ml:ray"/);
    const { role: roleName, policy } = inputsOf(registrations, "RolePolicy");
    assert.equal(roleName, "packages-reader-7654321");
    assert.deepEqual(
      JSON.parse(String(policy)).Statement.map(({ Resource }: { readonly Resource: string }) => Resource),
      [`${bucketArn}/working-dirs/*`, bucketArn, "arn:aws:kms:eu-central-1:123456789012:key/*"],
    );
    assert(bucket.readerRoleArn);
    assert.equal(await resolved(bucket.readerRoleArn), roleArn);
  });

  it("reads below the prefix that it is given", async () => {
    const { registrations } = await construct({ reader, prefix: output("team/code") });
    const { policy } = inputsOf(registrations, "RolePolicy");
    assert.deepEqual(
      JSON.parse(String(policy)).Statement.map(({ Resource }: { readonly Resource: string }) => Resource),
      [`${bucketArn}/team/code/*`, bucketArn],
    );
  });

  it("gives its role to service accounts by EKS Pod Identity, each by its own association", async () => {
    const accounts = ["ml/ray", output("batch/default")];
    const podIdentity = { clusterName: output("ml-cluster") };
    const { registrations } = await construct({
      reader: { podIdentity, serviceAccounts: accounts },
      tags: { team: "ml" },
    });
    const associations = [...registrations.inputs].filter(([name]) => name.includes("PodIdentityAssociation"));
    const shared = { clusterName: "ml-cluster", roleArn, tags: { team: "ml" } };
    const token = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
    assert.deepEqual(Object.fromEntries(associations), {
      [`${token} packages-reader-ml.ray`]: { ...shared, namespace: "ml", serviceAccount: "ray" },
      [`${token} packages-reader-2`]: { ...shared, namespace: "batch", serviceAccount: "default" },
    });
    const { Statement } = JSON.parse(String(inputsOf(registrations, "Role").assumeRolePolicy));
    assert.equal(Statement.length, 2);
    assert.deepEqual(Statement[0].Principal, { Service: "pods.eks.amazonaws.com" });
  });

  it("tells service accounts apart whose names with a dash between them are the same", async () => {
    const serviceAccounts = ["ml/ray-eval", "ml-ray/eval"];
    const { registrations } = await construct({
      reader: { podIdentity: { clusterName: "ml-cluster" }, serviceAccounts },
    });
    const names = [...registrations.inputs.keys()].filter((each) => each.includes("PodIdentityAssociation"));
    assert.equal(names.length, 2);
  });

  it("keeps versions on demand, before the rules that remove them", async () => {
    const { registrations } = await construct({ versioning: true });
    const { versioningConfiguration } = inputsOf(registrations, "BucketVersioning");
    assert.deepEqual(versioningConfiguration, { status: "Enabled" });
    const at = (entry: string) => registrations.order.findIndex((each) => each.includes(entry));
    assert(at("packages-versioning") >= 0 && at("packages-versioning") < at("packages-lifecycle"));
  });

  it("gives the bucket's name, ARN, region and URI, and no role when none was asked for", async () => {
    const { bucket } = await construct();
    assert.equal(await resolved(bucket.bucketName), "packages-1234567");
    assert.equal(await resolved(bucket.bucketArn), bucketArn);
    assert.equal(await resolved(bucket.region), "eu-central-1");
    assert.equal(await resolved(bucket.uri), "s3://packages-1234567");
    assert.equal(bucket.readerRoleArn, undefined);
  });

  it("puts its policy on after the public access block, which is what judges it", async () => {
    const { registrations } = await construct();
    const policy = registrations.order.indexOf("aws:s3/bucketPolicy:BucketPolicy packages-transport");
    for (const guard of [
      "PublicAccessBlock:BucketPublicAccessBlock packages-public-access",
      "OwnershipControls:BucketOwnershipControls packages-ownership",
    ]) {
      const made = registrations.order.indexOf(`aws:s3/bucket${guard} made`);
      assert(made >= 0 && made < policy, registrations.order.join("\n"));
    }
  });

  it("gives its name only when every guard is there, so that nothing is uploaded before", async () => {
    const registrations = Registrations.start(computed);
    const bucket = new WorkingDirBucket("packages");
    await resolved(bucket.bucketName);
    const guards = registrations.order.filter((entry) => /aws:s3\/bucket[A-Z].* made$/.test(entry));
    assert.equal(guards.length, 5, registrations.order.join("\n"));
  });

  it("knows its name and its URI in a preview where the aws provider does, though no guard is there yet", async () => {
    Registrations.start(computed, { preview: true });
    const bucket = new WorkingDirBucket("packages", { bucketName: "ml-packages" });
    assert.equal(await resolved(bucket.uri), "s3://ml-packages");
    assert.equal(await resolved(bucket.bucketArn), undefined);
  });

  it("denies plain HTTP unless it is told not to", async () => {
    const strict = await construct();
    assert.match(String(inputsOf(strict.registrations, "BucketPolicy").policy), /aws:SecureTransport/);
    const lenient = await construct({ requireTls: false });
    assert.equal(lenient.registrations.inputs.has("aws:s3/bucketPolicy:BucketPolicy packages-transport"), false);
  });
});

const bucketArn = "arn:aws:s3:::packages-1234567";
const roleArn = "arn:aws:iam::123456789012:role/packages-reader-7654321";

function computed({ type, inputs }: MockResourceArgs): object {
  if (type === "aws:s3/bucket:Bucket") {
    return { bucket: inputs.bucket ?? "packages-1234567", arn: bucketArn, region: "eu-central-1" };
  }
  return type === "aws:iam/role:Role" ? { name: "packages-reader-7654321", arn: roleArn } : {};
}

async function construct(args?: WorkingDirBucketArgs, name = "packages") {
  const registrations = Registrations.start(computed);
  const bucket = new WorkingDirBucket(name, args);
  await resolved(bucket.bucketArn);
  if (bucket.readerRoleArn) await resolved(bucket.readerRoleArn);
  return { registrations, bucket };
}

function inputsOf(registrations: Registrations, type: string) {
  const [, inputs] = [...registrations.inputs].find(([name]) => name.includes(`:${type} `)) ?? [];
  assert(inputs, `no ${type}`);
  return inputs;
}

function expirationsIn(registrations: Registrations) {
  const { rules } = inputsOf(registrations, "BucketLifecycleConfiguration");
  return (rules as { readonly expiration?: object }[]).flatMap(({ expiration }) => expiration ?? []);
}
