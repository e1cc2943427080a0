import assert from "node:assert/strict";
import { type Checked, problemsOf } from "../../../../provider/components/workingDirBucket/problems.ts";

const oidcProviderArn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";
const serviceAccounts = ["ml/ray"];

const refused: readonly { readonly args: Checked; readonly at: string; readonly because: string }[] = [
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
];

describe("problemsOf", () => {
  for (const { args, at, because } of refused) {
    it(`refuses ${JSON.stringify(args)} at ${at}: ${because}`, () => {
      assert.deepEqual(
        problemsOf(args).map(({ propertyPath }) => propertyPath),
        [at],
      );
    });
  }

  it("names them all at once, with the value that is wrong", () => {
    const reader = { oidcProviderArn, serviceAccounts: ["ray"] };
    assert.deepEqual(problemsOf({ expireUnusedAfterDays: -1, kmsKeyArn: "mine", reader }), [
      { propertyPath: "expireUnusedAfterDays", reason: "Must be a whole number of days, 1 or more, but is -1" },
      {
        propertyPath: "kmsKeyArn",
        reason: 'Must be the ARN of a key, like arn:aws:kms:eu-central-1:123456789012:key/…, but is "mine"',
      },
      {
        propertyPath: "reader.serviceAccounts[0]",
        reason: 'Must be a service account as namespace/name, but is "ray"',
      },
    ]);
  });

  it("takes what is good, in every partition of AWS, and what is not known yet", () => {
    const kmsKeyArn = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-1234abcd";
    const gov = { oidcProviderArn: oidcProviderArn.replace("arn:aws:", "arn:aws-us-gov:"), serviceAccounts };
    assert.deepEqual(problemsOf({}), []);
    assert.deepEqual(problemsOf({ expireUnusedAfterDays: 1, kmsKeyArn, reader: gov }), []);
    const later = Promise.resolve("later");
    assert.deepEqual(problemsOf({ expireUnusedAfterDays: later, kmsKeyArn: later, reader: later }), []);
  });
});
