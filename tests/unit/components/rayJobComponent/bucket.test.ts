import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { construct, known, local, noOperator, runOf } from "./aComponent.ts";

describe("RayJobComponent", () => {
  it("lets the service account that it makes read the bucket, by a role that is made for it", async () => {
    const oidcProviderArn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";
    const { registrations } = await construct({
      ...noOperator,
      namespace: "ml",
      bucket: { reader: { oidcProviderArn } },
      serviceAccount: {},
      jobs: { train: local },
    });
    const role = registrations.inputs.get("aws:iam/role:Role training-reader");
    assert.match(String(role?.assumeRolePolicy), /"system:serviceaccount:ml:training"/);
    const { metadata } = registrations.inputs.get("kubernetes:core/v1:ServiceAccount training") ?? {};
    assert.deepEqual(metadata, {
      name: "training",
      namespace: "ml",
      annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/reader" },
    });
    assert.equal(runOf(registrations).serviceAccountName, "training");
  });

  it("makes a service account that Kubernetes takes, whatever it is called itself, and a role for just that", async () => {
    const args = {
      ...noOperator,
      namespace: "ml",
      bucket: { reader: { podIdentity: { clusterName: "ml-cluster" } } },
      serviceAccount: {},
      jobs: { train: local },
    };
    const long = "a.training-of-all-that-can-be-trained-by-whoever-trains-it.v2";
    for (const [name, account] of [
      ["my_training", /^my-training-[0-9a-f]{8}$/],
      ["My Training", /^my-training-[0-9a-f]{8}$/],
      [long, new RegExp(`^${long}$`)],
    ] as const) {
      const { registrations } = await construct(args, { name });
      const expected = String(runOf(registrations, name).serviceAccountName);
      assert.match(expected, account);
      const { metadata } = registrations.inputs.get(`kubernetes:core/v1:ServiceAccount ${name}`) ?? {};
      assert.deepEqual(metadata, { name: expected, namespace: "ml", annotations: {} });
      const token = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
      const association = registrations.inputs.get(`${token} ${name}-reader-ml.${expected}`);
      assert.equal(association?.serviceAccount, expected);
      const [, bucket = ""] = [...registrations.inputs.keys()].join("\n").match(/aws:s3\/bucket:Bucket (.*)/) ?? [];
      assert.match(`${bucket.toLowerCase()}-1234567`, /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
    }
  });

  it("puts packages below the prefix that a bucket is brought along with", async () => {
    for (const [existingBucket, bucket, prefix] of [
      ["ml-code", "ml-code", undefined],
      ["ml-code/team/ray", "ml-code", "team/ray"],
      [output("ml-code/team"), "ml-code", "team"],
    ] as const) {
      const { registrations, component } = await construct({ ...noOperator, existingBucket, jobs: { train: local } });
      const inputs = registrations.inputs.get("rayjob:index:WorkingDir training-train");
      assert.deepEqual([inputs?.bucket, inputs?.prefix], [bucket, prefix]);
      assert.equal(await known(component.bucketName), bucket);
    }
  });

  it("gives it that role by EKS Pod Identity without an annotation, which would win", async () => {
    const { registrations } = await construct({
      ...noOperator,
      namespace: "ml",
      bucket: { reader: { podIdentity: { clusterName: "ml-cluster" } }, prefix: "team/code" },
      serviceAccount: {},
      jobs: { train: local },
    });
    const { metadata } = registrations.inputs.get("kubernetes:core/v1:ServiceAccount training") ?? {};
    assert.deepEqual(metadata, { name: "training", namespace: "ml", annotations: {} });
    const token = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
    const { namespace, serviceAccount, clusterName } =
      registrations.inputs.get(`${token} training-reader-ml.training`) ?? {};
    assert.deepEqual([clusterName, namespace, serviceAccount], ["ml-cluster", "ml", "training"]);
    assert.equal(registrations.inputs.get("rayjob:index:WorkingDir training-train")?.prefix, "team/code");
    assert.match(
      String(registrations.inputs.get("aws:iam/rolePolicy:RolePolicy training-reader")?.policy),
      /\/team\/code\/\*"/,
    );
  });
});
