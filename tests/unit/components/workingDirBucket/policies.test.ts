import assert from "node:assert/strict";
import {
  podIdentityTrust,
  readerPolicy,
  type Statement,
  transportPolicy,
  webIdentityTrust,
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
  const listing = { StringLike: { "s3:prefix": "working-dirs/*" } };

  it("allows to get and to list what is below the prefix, and nothing else", () => {
    assert.deepEqual(rightsIn(readerPolicy(bucketArn, "working-dirs").Statement), [
      ["s3:GetObject", `${bucketArn}/working-dirs/*`, undefined],
      ["s3:ListBucket", bucketArn, listing],
    ]);
  });

  it("allows the whole bucket where packages have no prefix", () => {
    assert.deepEqual(rightsIn(readerPolicy(bucketArn, "").Statement), [
      ["s3:GetObject", `${bucketArn}/*`, undefined],
      ["s3:ListBucket", bucketArn, { StringLike: { "s3:prefix": "*" } }],
    ]);
  });

  for (const [arn, keys, service] of [
    [key, "arn:aws:kms:eu-central-1:123456789012:key/*", "s3.eu-central-1.amazonaws.com"],
    [
      "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1",
      "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/*",
      "s3.us-gov-west-1.amazonaws.com",
    ],
    [
      "arn:aws-cn:kms:cn-north-1:123456789012:key/1",
      "arn:aws-cn:kms:cn-north-1:123456789012:key/*",
      "s3.cn-north-1.amazonaws.com.cn",
    ],
  ] as const) {
    it(`allows to decrypt what is in the bucket by ${service} with each of ${keys}, for packages keep an older key`, () => {
      const Condition = {
        StringEquals: { "kms:ViaService": service },
        StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, `${bucketArn}/*`] },
      };
      assert.deepEqual(rightsIn(readerPolicy(bucketArn, "working-dirs", arn).Statement).slice(2), [
        ["kms:Decrypt", keys, Condition],
      ]);
    });
  }
});

describe("podIdentityTrust", () => {
  it("lets each service account of that cluster assume the role, by the tags of its session, and no mixture of them", () => {
    const { Statement } = podIdentityTrust("ml-cluster", ["ml/ray", "batch/default", "ml/eval"]);
    const of = (namespace: string, accounts: string[], Sid: string) => ({
      Sid,
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          "aws:RequestTag/eks-cluster-name": "ml-cluster",
          "aws:RequestTag/kubernetes-namespace": namespace,
          "aws:RequestTag/kubernetes-service-account": accounts,
        },
      },
    });
    assert.deepEqual(Statement, [
      of("ml", ["ray", "eval"], "AssumeFromPods1"),
      of("batch", ["default"], "AssumeFromPods2"),
    ]);
  });
});

describe("webIdentityTrust", () => {
  it("lets the service accounts of that cluster assume the role, by audience and subject, and nobody else", () => {
    const [statement, ...others] = webIdentityTrust(oidcProviderArn, ["ml/ray", "batch/default"]).Statement;
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
  return statements.map(({ Action, Resource, Condition }) => [Action, Resource, Condition]);
}
