/** Does something with AWS; what goes wrong is one sentence that begins with what could not be done. */
export async function attempt<Result>(what: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw new Error(`Cannot ${what}: ${reasonOf(error)}`, { cause: error });
  }
}

/** What the call gives, or undefined where AWS says by name that there is no such thing. */
export async function ifFound<Result>(call: Promise<Result>): Promise<Result | undefined> {
  return call.catch((error: unknown) => {
    if (missing.has(nameOf(error))) return undefined;
    throw error;
  });
}

// By name and not by the status 404, which any other server at a wrong endpoint gives, too.
const missing: ReadonlySet<string> = new Set([
  "NoSuchBucket",
  "NoSuchBucketPolicy",
  "NoSuchEntity",
  "NoSuchEntityException",
  "NoSuchLifecycleConfiguration",
  "NoSuchPublicAccessBlockConfiguration",
  "NoSuchTagSet",
  "OwnershipControlsNotFoundError",
  "ServerSideEncryptionConfigurationNotFoundError",
]);

const reasons: Readonly<Record<string, string>> = {
  BucketAlreadyExists: "another account has a bucket of this name; choose another one",
  BucketAlreadyOwnedByYou: "it exists already, in this account; import it, or choose another name",
  EntityAlreadyExistsException: "it exists already; import it, or choose another name",
  BucketNotEmpty: "it still holds objects; empty it, or set forceDestroy to true and run `pulumi up` before",
  CredentialsProviderError:
    "no AWS credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile",
  AccessDenied: "the credentials do not allow it (AccessDenied)",
};

const connectionCodes = ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ETIMEDOUT"];

/** Why AWS did not do it, without a stack and without what the request carried. */
export function reasonOf(error: unknown): string {
  const name = nameOf(error);
  const code = codeOf(error);
  if (code !== undefined && connectionCodes.includes(code)) return `the endpoint cannot be reached (${code})`;
  if (name === "TimeoutError") return "the endpoint does not answer";
  const known = reasons[name];
  if (known !== undefined) return known;
  const message = error instanceof Error ? error.message : String(error);
  return name === "Error" || message === "" ? message || name : `${message} (${name})`;
}

/** The service's own name for the error. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

export function statusOf(error: unknown): number | undefined {
  return (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

// Several addresses of one host that all fail are one error around others.
function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return (error as NodeJS.ErrnoException).code;
}
