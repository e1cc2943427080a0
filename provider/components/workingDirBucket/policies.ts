/** A policy document of AWS, as far as ours need one. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | { readonly Federated: string };
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The bucket's own policy: nobody, whatever they are allowed, comes without TLS or with one that is older than 1.2. */
export function transportPolicy(bucketArn: string): PolicyDocument {
  const everything = { Principal: "*", Action: "s3:*", Resource: [bucketArn, `${bucketArn}/*`] } as const;
  return documentOf(
    { Sid: "DenyWithoutTls", Effect: "Deny", ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    { Sid: "DenyOldTls", Effect: "Deny", ...everything, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
  );
}

/** What a reader of working directories may do. To list is in it so that a package that is missing is a 404, not a 403. */
export function readerPolicy(bucketArn: string, kmsKeyArn?: string): PolicyDocument {
  return documentOf(
    { Sid: "ReadPackages", Effect: "Allow", Action: "s3:GetObject", Resource: `${bucketArn}/*` },
    { Sid: "ListPackages", Effect: "Allow", Action: "s3:ListBucket", Resource: bucketArn },
    ...(kmsKeyArn === undefined
      ? []
      : ([{ Sid: "DecryptPackages", Effect: "Allow", Action: "kms:Decrypt", Resource: kmsKeyArn }] as const)),
  );
}

/** Who may become the reader: just these service accounts (`namespace/name`) of the cluster that the provider stands for. */
export function trustPolicy(oidcProviderArn: string, serviceAccounts: readonly string[]): PolicyDocument {
  const issuer = issuerOf(oidcProviderArn);
  const subjects = serviceAccounts.map((account) => `system:serviceaccount:${account.replace("/", ":")}`);
  return documentOf({
    Sid: "AssumeFromKubernetes",
    Effect: "Allow",
    Principal: { Federated: oidcProviderArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: subjects } },
  });
}

/** The issuer as IAM writes it in the keys of conditions: it is part of the provider's ARN. */
function issuerOf(oidcProviderArn: string): string {
  return oidcProviderArn.slice(oidcProviderArn.indexOf("/") + 1);
}

function documentOf(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}
