/** A policy document of AWS, as far as ours need one. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | { readonly Federated: string } | { readonly Service: string };
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

/**
 * What a reader of working directories may do: get and list what is below the prefix. What is missing there is a 403 to it and
 * not a 404, since S3 says 404 only to those who may list the whole bucket.
 */
export function readerPolicy(bucketArn: string, prefix: string, kmsKeyArn?: string): PolicyDocument {
  const below = prefix === "" ? "*" : `${prefix}/*`;
  const listing = { Action: "s3:ListBucket", Resource: bucketArn, Condition: { StringLike: { "s3:prefix": below } } };
  return documentOf(
    { Sid: "ReadPackages", Effect: "Allow", Action: "s3:GetObject", Resource: `${bucketArn}/${below}` },
    { Sid: "ListPackages", Effect: "Allow", ...listing },
    ...(kmsKeyArn === undefined ? [] : [decryption(bucketArn, kmsKeyArn)]),
  );
}

/**
 * By S3 on the reader's behalf, and of this bucket's objects: what the keys protect elsewhere stays closed. With every key of the
 * account there, since packages keep the one that they were written with when it is changed. S3 names the object to the key, or
 * the bucket alone where that has a bucket key.
 */
function decryption(bucketArn: string, kmsKeyArn: string): Statement {
  const [, partition, , region, account] = kmsKeyArn.split(":");
  const service = `s3.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`;
  return {
    Sid: "DecryptPackages",
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: `arn:${partition}:kms:${region}:${account}:key/*`,
    Condition: {
      StringEquals: { "kms:ViaService": service },
      StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, `${bucketArn}/*`] },
    },
  };
}

/** Who may become the reader: just these service accounts (`namespace/name`) of the cluster that the provider stands for. */
export function webIdentityTrust(oidcProviderArn: string, serviceAccounts: readonly string[]): PolicyDocument {
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

/**
 * The same for EKS Pod Identity, which vouches for cluster, namespace and service account by the tags of the session. A
 * statement for each namespace: in one alone every namespace would go with every name.
 */
export function podIdentityTrust(clusterName: string, serviceAccounts: readonly string[]): PolicyDocument {
  const pairs = serviceAccounts.map((account) => account.split("/"));
  const namespaces = [...new Set(pairs.map(([namespace = ""]) => namespace))];
  const statements = namespaces.map((namespace, index): Statement => {
    const names = pairs.filter(([own]) => own === namespace).map(([, name = ""]) => name);
    const conditions = {
      "aws:RequestTag/eks-cluster-name": clusterName,
      "aws:RequestTag/kubernetes-namespace": namespace,
      "aws:RequestTag/kubernetes-service-account": names,
    };
    return {
      Sid: `AssumeFromPods${index + 1}`,
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: { StringEquals: conditions },
    };
  });
  return documentOf(...statements);
}

/** The issuer as IAM writes it in the keys of conditions: it is part of the provider's ARN. */
function issuerOf(oidcProviderArn: string): string {
  return oidcProviderArn.slice(oidcProviderArn.indexOf("/") + 1);
}

function documentOf(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}
