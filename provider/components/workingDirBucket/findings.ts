import type { Finding } from "../../findings/finding.ts";
import type { PropertyPath } from "../../values/path.ts";
import { isList, isPropertyMap, type PropertyMap, type Value } from "../../values/value.ts";

/** Everything that is wrong with a bucket's arguments, beside their shape. What is not known yet is passed over. */
export function bucketFindings({ expireUnusedAfterDays, kmsKeyArn, prefix, reader }: PropertyMap): Finding[] {
  const isThere = isPropertyMap(reader);
  return [
    ...ofDays(expireUnusedAfterDays),
    ...ofText("RJ922", ["kmsKeyArn"], kmsKeyArn),
    ...(isThere ? ofText("RJ923", ["reader", "oidcProviderArn"], reader.oidcProviderArn) : []),
    ...ofText("RJ924", ["prefix"], prefix),
    ...(isThere ? [...ofIdentity(reader), ...ofAccounts(reader.serviceAccounts)] : []),
  ];
}

/** What texts must look like, and what to write. */
const texts = {
  RJ922: {
    // An alias is no good: a policy that allows the use of a key has to name the key itself.
    pattern: /^arn:[\w-]+:kms:[\w-]+:\d+:key\/[\w-]+$/,
    isNo: "the ARN of a KMS key",
    hint: "Write the ARN of the key itself, not of an alias: arn:aws:kms:eu-central-1:123456789012:key/…",
  },
  RJ923: {
    pattern: /^arn:[\w-]+:iam::\d+:oidc-provider\/\S+$/,
    isNo: "the ARN of an IAM OIDC provider",
    hint: "Write it as arn:aws:iam::123456789012:oidc-provider/oidc.eks…",
  },
  RJ924: {
    pattern: /^$|^[\w.=-]+(\/[\w.=-]+)*$/,
    isNo: "what keys can start with",
    hint: "Write names with / between them, such as team/code, without a / at the start or the end",
  },
  RJ925: {
    pattern: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
    isNo: "a service account",
    hint: "Write it as namespace/name, such as ml/ray",
  },
} as const;

function ofText(code: keyof typeof texts, path: PropertyPath, text: Value | undefined): Finding[] {
  const { pattern, isNo, hint } = texts[code];
  if (typeof text !== "string" || pattern.test(text)) return [];
  return [{ code, severity: "error", path, problem: `"${text}" is not ${isNo}`, hint }];
}

function ofDays(days: Value | undefined): Finding[] {
  if (typeof days !== "number" || (Number.isInteger(days) && days >= 1)) return [];
  const problem = `Cannot remove packages after ${days} days`;
  const hint = "Write a whole number of days, 1 or more";
  return [{ code: "RJ921", severity: "error", path: ["expireUnusedAfterDays"], problem, hint }];
}

function ofIdentity({ oidcProviderArn, podIdentity }: PropertyMap): Finding[] {
  const ways = [oidcProviderArn, podIdentity].filter((way) => way !== undefined && way !== null).length;
  if (ways === 1) return [];
  const problem = ways === 0 ? "Nobody can become the reader" : "Cannot have a reader in two ways";
  const hint = 'Set either "oidcProviderArn", for IAM roles for service accounts, or "podIdentity"';
  return [{ code: "RJ926", severity: "error", path: ["reader"], problem, hint }];
}

function ofAccounts(accounts: Value | undefined): Finding[] {
  if (!isList(accounts)) return [];
  const path = ["reader", "serviceAccounts"];
  if (accounts.length === 0) {
    const hint = "Name the service account of Ray's pods as namespace/name";
    return [{ code: "RJ927", severity: "error", path, problem: "There is nobody who reads the bucket", hint }];
  }
  return accounts.flatMap((each, index) => {
    const isTwice = typeof each === "string" && accounts.indexOf(each) < index;
    if (!isTwice) return ofText("RJ925", [...path, index], each);
    const problem = `The service account "${each}" is there already`;
    return [
      { code: "RJ928", severity: "error", path: [...path, index], problem, hint: "Drop it, or name another one" },
    ];
  });
}
