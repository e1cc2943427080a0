import assert from "node:assert/strict";
import {
  type PolicyDocument,
  podIdentityTrust,
  readerPolicy,
  transportPolicy,
  webIdentityTrust,
} from "../../../../provider/components/workingDirBucket/policies.ts";
import { type Asked, allows } from "../../../support/policyEvaluator.ts";

const bucket = "arn:aws:s3:::packages";
const key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
const olderKey = "arn:aws:kms:eu-central-1:123456789012:key/mrk-5678efab";
const issuer = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";
const oidcProviderArn = `arn:aws:iam::123456789012:oidc-provider/${issuer}`;
const pods = { Service: "pods.eks.amazonaws.com" };

interface Case {
  readonly policy: PolicyDocument;
  readonly asked: Asked;
  readonly is: "allowed" | "denied";
  readonly because: string;
}

const reader = readerPolicy(bucket, "working-dirs", key);
const read = (resource: string): Asked => ({ action: "s3:GetObject", resource: `arn:aws:s3:::${resource}` });
const list = (prefix?: string): Asked => ({
  action: "s3:ListBucket",
  resource: bucket,
  ...(prefix === undefined ? {} : { context: { "s3:prefix": prefix } }),
});
const byS3 = { "kms:ViaService": "s3.eu-central-1.amazonaws.com" };
const decrypt = (resource: string, context: Asked["context"] = {}): Asked => ({
  action: "kms:Decrypt",
  resource,
  context: { "kms:EncryptionContext:aws:s3:arn": bucket, ...context },
});
const decryptOf = (arn: string): Asked => decrypt(key, { ...byS3, "kms:EncryptionContext:aws:s3:arn": arn });

const readerCases: readonly Omit<Case, "policy">[] = [
  { asked: read("packages/working-dirs/abc.zip"), is: "allowed", because: "it is a package" },
  { asked: read("packages/working-dirs/a/b.zip"), is: "allowed", because: "it is below the prefix" },
  { asked: read("packages/other/abc.zip"), is: "denied", because: "it is below another prefix" },
  {
    asked: read("packages/working-dirs-2/abc.zip"),
    is: "denied",
    because: "it is another prefix, that begins the same",
  },
  { asked: read("packages/working-dirs"), is: "denied", because: "it is not below the prefix" },
  { asked: read("packages/abc.zip"), is: "denied", because: "it is below no prefix" },
  { asked: read("packages2/working-dirs/abc.zip"), is: "denied", because: "it is another bucket" },
  ...["s3:PutObject", "s3:DeleteObject", "s3:GetObjectTagging", "s3:PutObjectTagging", "s3:GetObjectVersion"].map(
    (action): Omit<Case, "policy"> => ({
      asked: { action, resource: `${bucket}/working-dirs/abc.zip` },
      is: "denied",
      because: "a reader gets objects and nothing else",
    }),
  ),
  { asked: { action: "s3:DeleteBucket", resource: bucket }, is: "denied", because: "a reader reads" },
  { asked: list("working-dirs/"), is: "allowed", because: "it is the prefix" },
  { asked: list("working-dirs/a/"), is: "allowed", because: "it is below the prefix" },
  { asked: list("other/"), is: "denied", because: "it is another prefix" },
  { asked: list(""), is: "denied", because: "it is everything" },
  { asked: list(), is: "denied", because: "it is everything" },
  { asked: decrypt(key, byS3), is: "allowed", because: "S3 asks for the reader" },
  { asked: decrypt(olderKey, byS3), is: "allowed", because: "packages keep the key from before a change" },
  {
    asked: decryptOf(`${bucket}/working-dirs/abc.zip`),
    is: "allowed",
    because: "S3 names the object where the bucket has no bucket key",
  },
  { asked: decryptOf("arn:aws:s3:::packages2"), is: "denied", because: "it is another bucket" },
  { asked: decryptOf("arn:aws:s3:::packages2/working-dirs/abc.zip"), is: "denied", because: "it is another bucket's" },
  {
    asked: { action: "kms:Decrypt", resource: key, context: byS3 },
    is: "denied",
    because: "nobody says what it is of",
  },
  { asked: decrypt(key), is: "denied", because: "the reader asks for itself" },
  {
    asked: decrypt(key, { "kms:ViaService": "sqs.eu-central-1.amazonaws.com" }),
    is: "denied",
    because: "it is no package",
  },
  {
    asked: decrypt(key, { "kms:ViaService": "s3.us-east-1.amazonaws.com" }),
    is: "denied",
    because: "the bucket is in the region of its key",
  },
  {
    asked: decrypt(key.replace("123456789012", "210987654321"), byS3),
    is: "denied",
    because: "it is another account's",
  },
  { asked: decrypt(key.replace("eu-central-1", "us-east-1"), byS3), is: "denied", because: "it is another region's" },
  { asked: { action: "kms:Encrypt", resource: key }, is: "denied", because: "a reader reads" },
];

const byWebIdentity = (sub: string, more: Partial<Asked> = {}): Asked => ({
  action: "sts:AssumeRoleWithWebIdentity",
  principal: { Federated: oidcProviderArn },
  context: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: sub },
  ...more,
});

const webIdentityCases: readonly Omit<Case, "policy">[] = [
  { asked: byWebIdentity("system:serviceaccount:ml:ray"), is: "allowed", because: "it is the account" },
  { asked: byWebIdentity("system:serviceaccount:batch:default"), is: "allowed", because: "it is the other account" },
  { asked: byWebIdentity("system:serviceaccount:ml:default"), is: "denied", because: "it is another account" },
  { asked: byWebIdentity("system:serviceaccount:batch:ray"), is: "denied", because: "it is in another namespace" },
  { asked: byWebIdentity("system:serviceaccount:ml:ray2"), is: "denied", because: "it begins the same" },
  {
    asked: byWebIdentity("system:serviceaccount:ml:ray", {
      context: { [`${issuer}:aud`]: "elsewhere", [`${issuer}:sub`]: "system:serviceaccount:ml:ray" },
    }),
    is: "denied",
    because: "the token is for somebody else",
  },
  {
    asked: byWebIdentity("system:serviceaccount:ml:ray", { principal: { Federated: `${oidcProviderArn}2` } }),
    is: "denied",
    because: "it is another cluster's account",
  },
  { asked: byWebIdentity("system:serviceaccount:ml:ray", { action: "sts:AssumeRole" }), is: "denied", because: "how" },
];

const byPods = (cluster: string, namespace: string, account: string, more: Partial<Asked> = {}): Asked => ({
  action: "sts:AssumeRole",
  principal: pods,
  context: {
    "aws:RequestTag/eks-cluster-name": cluster,
    "aws:RequestTag/kubernetes-namespace": namespace,
    "aws:RequestTag/kubernetes-service-account": account,
  },
  ...more,
});

const podIdentityCases: readonly Omit<Case, "policy">[] = [
  { asked: byPods("ml-cluster", "ml", "ray"), is: "allowed", because: "it is the account" },
  { asked: byPods("ml-cluster", "ml", "ray", { action: "sts:TagSession" }), is: "allowed", because: "EKS tags it" },
  { asked: byPods("ml-cluster", "batch", "default"), is: "allowed", because: "it is the other account" },
  { asked: byPods("ml-cluster", "ml", "eval"), is: "allowed", because: "it is the third one" },
  { asked: byPods("ml-cluster", "batch", "eval"), is: "denied", because: "it is in another namespace" },
  { asked: byPods("ml-cluster", "ml", "default"), is: "denied", because: "it is another account" },
  { asked: byPods("ml-cluster", "batch", "ray"), is: "denied", because: "it is in another namespace" },
  { asked: byPods("other", "ml", "ray"), is: "denied", because: "it is on another cluster" },
  {
    asked: byPods("ml-cluster", "ml", "ray", { principal: { Service: "ec2.amazonaws.com" } }),
    is: "denied",
    because: "it is no pod",
  },
  { asked: byPods("ml-cluster", "ml", "ray", { context: {} }), is: "denied", because: "nobody says who it is" },
];

const open: PolicyDocument["Statement"][number] = {
  Sid: "Open",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:*",
  Resource: [bucket, `${bucket}/*`],
};
const transport = { Version: "2012-10-17" as const, Statement: [open, ...transportPolicy(bucket).Statement] };
const over = (secure: string, version: string): Asked => ({
  ...read("packages/working-dirs/abc.zip"),
  context: { "aws:SecureTransport": secure, "s3:TlsVersion": version },
});

const transportCases: readonly Omit<Case, "policy">[] = [
  { asked: over("true", "1.3"), is: "allowed", because: "it comes with TLS" },
  { asked: over("true", "1.2"), is: "allowed", because: "it comes with TLS that is new enough" },
  { asked: over("true", "1.1"), is: "denied", because: "it comes with old TLS" },
  { asked: over("false", "0"), is: "denied", because: "it comes without TLS" },
];

const suites: Readonly<Record<string, { policy: PolicyDocument; cases: readonly Omit<Case, "policy">[] }>> = {
  "the reader": { policy: reader, cases: readerCases },
  "IAM roles for service accounts": {
    policy: webIdentityTrust(oidcProviderArn, ["ml/ray", "batch/default"]),
    cases: webIdentityCases,
  },
  "EKS Pod Identity": {
    policy: podIdentityTrust("ml-cluster", ["ml/ray", "batch/default", "ml/eval"]),
    cases: podIdentityCases,
  },
  "everybody who is allowed everything": { policy: transport, cases: transportCases },
};

describe("the rights of", () => {
  for (const [whose, { policy, cases }] of Object.entries(suites)) {
    for (const { asked, is, because } of cases) {
      it(`${whose}: ${JSON.stringify(asked)} is ${is}: ${because}`, () => {
        // The very text that AWS is given.
        const document: PolicyDocument = JSON.parse(JSON.stringify(policy));
        assert.equal(allows(document, asked) ? "allowed" : "denied", is);
      });
    }
  }

  it("what the evaluation does not know are not guessed", () => {
    const statement = { Sid: "A", Effect: "Allow", Action: "s3:GetObject", Resource: "*" } as const;
    const of = (more: object) => ({ Statement: [{ ...statement, ...more }] });
    assert.throws(() => allows(of({ NotAction: "s3:*" }), read("a/b")), /NotAction/);
    assert.throws(() => allows(of({ Condition: { IpAddress: { "aws:SourceIp": "::1" } } }), read("a/b")), /IpAddress/);
    assert.throws(
      () => allows(of({ Condition: { StringEquals: { "aws:username": "a" } } }), read("a/b")),
      /aws:username/,
    );
  });
});
