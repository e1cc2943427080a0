import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { all, type ComponentResource, type Input, jsonStringify, type Output, output } from "@pulumi/pulumi";
import { UNKNOWN } from "../../values/value.ts";
import type { Argument } from "../argument.ts";
import type { WorkingDirBucketArgs, WorkingDirReader } from "./args.ts";
import { readerNameOf } from "./names.ts";
import { type PolicyDocument, podIdentityTrust, readerPolicy, webIdentityTrust } from "./policies.ts";

/** The ARN of a role that can read the bucket; known once the role can really read, and the pods can really become it. */
export function createReader(
  name: string,
  bucketArn: Output<string>,
  reader: WorkingDirReader,
  { kmsKeyArn, prefix = defaultPrefix, tags }: WorkingDirBucketArgs,
  parent: ComponentResource,
): Output<string> {
  const { name: readerName, aliases } = readerNameOf(name);
  const role = new Role(
    readerName,
    {
      description: "Lets Ray jobs read their working directories",
      assumeRolePolicy: jsonStringify(trustOf(reader)),
      tags,
    },
    { parent, aliases },
  );
  const allowed = all([bucketArn, prefix, kmsKeyArn]).apply(([arn, below, key]) => readerPolicy(arn, below, key));
  const policy = new RolePolicy(readerName, { role: role.name, policy: jsonStringify(allowed) }, { parent, aliases });
  const arn = all([role.arn, policy.id]).apply(([roleArn]) => roleArn);
  const associations = associate(name, reader, arn, tags, parent);
  return all([arn, ...associations.map(({ id }) => id)]).apply(([roleArn = ""]) => roleArn);
}

function trustOf({ oidcProviderArn, podIdentity, serviceAccounts }: WorkingDirReader): Output<PolicyDocument> {
  return all([oidcProviderArn, podIdentity?.clusterName, serviceAccounts]).apply(([issuer, cluster, accounts]) =>
    cluster === undefined ? webIdentityTrust(issuer ?? "", accounts) : podIdentityTrust(cluster, accounts),
  );
}

/** Tells EKS which service accounts get the role, where it is by Pod Identity. */
function associate(
  name: string,
  { podIdentity, serviceAccounts }: WorkingDirReader,
  roleArn: Output<string>,
  tags: WorkingDirBucketArgs["tags"],
  parent: ComponentResource,
): PodIdentityAssociation[] {
  if (podIdentity === undefined) return [];
  const accounts = Array.isArray(serviceAccounts) ? serviceAccounts : [];
  return accounts.map((account: Input<string>, index) => {
    // By its name, so that one that goes does not move the others. No namespace has a dot in its name.
    const key = typeof account === "string" ? account.replace("/", ".") : String(index + 1);
    const part = (which: number) => output(account).apply((text) => text.split("/")[which] ?? "");
    return new PodIdentityAssociation(
      `${name}-reader-${key}`,
      { clusterName: podIdentity.clusterName, namespace: part(0), serviceAccount: part(1), roleArn, tags },
      { parent },
    );
  });
}

/** The same as arguments of a component say it; what decides which children there are, by its value. */
export function readerInputsOf(reader: Argument): WorkingDirReader {
  const podIdentity = reader.at("podIdentity");
  const serviceAccounts = reader.at("serviceAccounts");
  const inputs = {
    ...reader.inputs,
    ...(podIdentity.isGiven ? { podIdentity: podIdentity.inputs } : {}),
    serviceAccounts:
      serviceAccounts.value === UNKNOWN ? serviceAccounts.given : serviceAccounts.elements.map(({ given }) => given),
  };
  return inputs as unknown as WorkingDirReader;
}

/** As `WorkingDir` has it. */
const defaultPrefix = "working-dirs";
