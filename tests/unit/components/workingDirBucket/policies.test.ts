import assert from "node:assert/strict";
import {
  readerPolicy,
  type Statement,
  transportPolicy,
  trustPolicy,
} from "../../../../provider/components/workingDirBucket/policies.ts";

const bucketArn = "arn:aws:s3:::packages";
const key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
const oidcProviderArn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";

describe("transportPolicy", () => {
  it("denies, and allows nothing, so that it gives nobody a right", () => {
    assert.deepEqual(new Set(transportPolicy(bucketArn).Statement.map(({ Effect }) => Effect)), new Set(["Deny"]));
  });

  it("is for everybody, every action, the bucket and its objects", () => {
    for (const { Principal, Action, Resource } of transportPolicy(bucketArn).Statement) {
      assert.deepEqual({ Principal, Action, Resource }, { ...everything, Resource: [bucketArn, `${bucketArn}/*`] });
    }
  });

  it("refuses plain HTTP, and TLS that is older than 1.2", () => {
    assert.deepEqual(
      transportPolicy(bucketArn).Statement.map(({ Condition }) => Condition),
      [{ Bool: { "aws:SecureTransport": "false" } }, { NumericLessThan: { "s3:TlsVersion": "1.2" } }],
    );
  });
});

describe("readerPolicy", () => {
  it("allows to get objects of the bucket and to list the bucket, and nothing else", () => {
    assert.deepEqual(rightsIn(readerPolicy(bucketArn).Statement), {
      "s3:GetObject": `${bucketArn}/*`,
      "s3:ListBucket": bucketArn,
    });
  });

  it("allows to decrypt with the key of the bucket, and with no other", () => {
    assert.deepEqual(rightsIn(readerPolicy(bucketArn, key).Statement), {
      "s3:GetObject": `${bucketArn}/*`,
      "s3:ListBucket": bucketArn,
      "kms:Decrypt": key,
    });
  });
});

describe("trustPolicy", () => {
  it("lets the service accounts of that cluster assume the role, by audience and subject, and nobody else", () => {
    const [statement, ...others] = trustPolicy(oidcProviderArn, ["ml/ray", "batch/default"]).Statement;
    assert.deepEqual(others, []);
    assert.deepEqual(statement, {
      Sid: "AssumeFromKubernetes",
      Effect: "Allow",
      Principal: { Federated: oidcProviderArn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE:aud": "sts.amazonaws.com",
          "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE:sub": [
            "system:serviceaccount:ml:ray",
            "system:serviceaccount:batch:default",
          ],
        },
      },
    });
  });
});

const everything = { Principal: "*", Action: "s3:*" };

function rightsIn(statements: readonly Statement[]) {
  assert(statements.every(({ Effect }) => Effect === "Allow"));
  return Object.fromEntries(statements.map(({ Action, Resource }) => [Action, Resource]));
}
