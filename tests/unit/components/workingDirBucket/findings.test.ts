import assert from "node:assert/strict";
import { bucketFindings } from "../../../../provider/components/workingDirBucket/findings.ts";
import { sentenceOf } from "../../../../provider/findings/finding.ts";
import { formatPath } from "../../../../provider/values/path.ts";
import { type PropertyMap, UNKNOWN } from "../../../../provider/values/value.ts";

const oidcProviderArn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";
const serviceAccounts = ["ml/ray"];

const refused: readonly { readonly args: PropertyMap; readonly at: string; readonly because: string }[] = [
  { args: { expireUnusedAfterDays: 0 }, at: "expireUnusedAfterDays", because: "S3 takes one day or more" },
  { args: { expireUnusedAfterDays: 1.5 }, at: "expireUnusedAfterDays", because: "S3 counts whole days" },
  {
    args: { kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:alias/mine" },
    at: "kmsKeyArn",
    because: "a policy that names an alias allows nothing",
  },
  {
    args: { reader: { oidcProviderArn: "https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE", serviceAccounts } },
    at: "reader.oidcProviderArn",
    because: "IAM trusts providers by their ARN",
  },
  {
    args: { reader: { serviceAccounts } },
    at: "reader",
    because: "nobody could assume the role",
  },
  {
    args: { reader: { oidcProviderArn, podIdentity: { clusterName: "ml" }, serviceAccounts } },
    at: "reader",
    because: "the one would win, silently",
  },
  { args: { prefix: "/code" }, at: "prefix", because: "the packages would lie elsewhere" },
  { args: { prefix: "code/*" }, at: "prefix", because: "a star would open more than is meant" },
  {
    args: { reader: { oidcProviderArn, serviceAccounts: [] } },
    at: "reader.serviceAccounts",
    because: "a role that nobody can assume is a mistake",
  },
  {
    args: { reader: { oidcProviderArn, serviceAccounts: ["ml/ray", "ray"] } },
    at: "reader.serviceAccounts[1]",
    because: "a service account without its namespace is none",
  },
  {
    args: { reader: { oidcProviderArn, serviceAccounts: ["ml/*"] } },
    at: "reader.serviceAccounts[0]",
    because: "StringEquals takes a star as a star",
  },
  {
    args: { reader: { oidcProviderArn, serviceAccounts: ["ml/ray", "ml/ray"] } },
    at: "reader.serviceAccounts[1]",
    because: "EKS takes one association for each",
  },
];

describe("bucketFindings", () => {
  for (const { args, at, because } of refused) {
    it(`refuses ${JSON.stringify(args)} at ${at}: ${because}`, () => {
      assert.deepEqual(
        bucketFindings(args).map(({ path }) => formatPath(path)),
        [at],
      );
    });
  }

  it("names them all at once, with the value that is wrong", () => {
    const reader = { oidcProviderArn, serviceAccounts: ["ray"] };
    const findings = bucketFindings({ expireUnusedAfterDays: -1, kmsKeyArn: "mine", reader });
    assert.deepEqual(
      findings.map((finding) => `${formatPath(finding.path)}: ${sentenceOf(finding)}`),
      [
        "expireUnusedAfterDays: Cannot remove packages after -1 days. Hint: Write a whole number of days, 1 or more (RJ921)",
        'kmsKeyArn: "mine" is not the ARN of a KMS key. Hint: Write the ARN of the key itself, not of an alias: ' +
          "arn:aws:kms:eu-central-1:123456789012:key/… (RJ922)",
        'reader.serviceAccounts[0]: "ray" is not a service account. Hint: Write it as namespace/name, such as ml/ray (RJ925)',
      ],
    );
  });

  it("takes what is good, in every partition of AWS, and what is not known yet", () => {
    const kmsKeyArn = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-1234abcd";
    const gov = { oidcProviderArn: oidcProviderArn.replace("arn:aws:", "arn:aws-us-gov:"), serviceAccounts };
    assert.deepEqual(bucketFindings({}), []);
    assert.deepEqual(bucketFindings({ expireUnusedAfterDays: 1, kmsKeyArn, reader: gov, prefix: "" }), []);
    assert.deepEqual(bucketFindings({ reader: { podIdentity: { clusterName: "ml" }, serviceAccounts } }), []);
    assert.deepEqual(bucketFindings({ expireUnusedAfterDays: UNKNOWN, kmsKeyArn: UNKNOWN, reader: UNKNOWN }), []);
    assert.deepEqual(bucketFindings({ reader: { oidcProviderArn: UNKNOWN, serviceAccounts: UNKNOWN } }), []);
  });
});
