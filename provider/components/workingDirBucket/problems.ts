import type { Problem } from "../problem.ts";

/** The arguments that can be wrong in themselves, of which a preview may know only some. */
export interface Checked {
  readonly expireUnusedAfterDays?: unknown;
  readonly kmsKeyArn?: unknown;
  readonly reader?: unknown;
}

/** Everything that is wrong with the arguments. What is not a plain value yet, an output, is passed over. */
export function problemsOf({ expireUnusedAfterDays, kmsKeyArn, reader }: Checked): Problem[] {
  const { oidcProviderArn, serviceAccounts } = (reader ?? {}) as Readonly<Record<string, unknown>>;
  return [
    ...ofDays(expireUnusedAfterDays),
    ...ofText("kmsKeyArn", kmsKeyArn, kmsKey, "the ARN of a key, like arn:aws:kms:eu-central-1:123456789012:key/…"),
    ...ofText(
      "reader.oidcProviderArn",
      oidcProviderArn,
      oidcProvider,
      "the ARN of an IAM OIDC provider, like arn:aws:iam::123456789012:oidc-provider/oidc.eks…",
    ),
    ...ofAccounts(serviceAccounts),
  ];
}

// An alias is no good: a policy that allows the use of a key has to name the key itself.
const kmsKey = /^arn:[\w-]+:kms:[\w-]+:\d+:key\/[\w-]+$/;
const oidcProvider = /^arn:[\w-]+:iam::\d+:oidc-provider\/\S+$/;
const account = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

function ofDays(days: unknown): Problem[] {
  if (typeof days !== "number" || (Number.isInteger(days) && days >= 1)) return [];
  return [
    { propertyPath: "expireUnusedAfterDays", reason: `Must be a whole number of days, 1 or more, but is ${days}` },
  ];
}

function ofText(propertyPath: string, text: unknown, pattern: RegExp, wanted: string): Problem[] {
  if (typeof text !== "string" || pattern.test(text)) return [];
  return [{ propertyPath, reason: `Must be ${wanted}, but is "${text}"` }];
}

function ofAccounts(accounts: unknown): Problem[] {
  if (!Array.isArray(accounts)) return [];
  if (accounts.length === 0) return [{ propertyPath: "reader.serviceAccounts", reason: "Must name one or more" }];
  return accounts.flatMap((each: unknown, index) =>
    ofText(`reader.serviceAccounts[${index}]`, each, account, "a service account as namespace/name"),
  );
}
