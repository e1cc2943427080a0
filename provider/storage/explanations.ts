import type { StorageConfiguration } from "./connect.ts";
import type { Attempt, SdkError, StorageErrorKind } from "./storageError.ts";

/** What a request that failed is known by. */
export interface Failure {
  readonly error: SdkError;
  readonly attempt: Attempt;
  readonly configuration: StorageConfiguration;
  /** The URL of another server than AWS's, else `AWS`. */
  readonly server: string;
}

/** Why, and what to do about it, by the kind of the error. */
export const explanations: Readonly<Record<StorageErrorKind, (failure: Failure) => string>> = {
  missingObject: () => "there is no such object",
  missingBucket: ({ attempt, server }) =>
    `there is no bucket "${attempt.place.bucket}" on ${server}. Create it, or correct \`bucket\``,
  denied: ({ attempt, error }) =>
    `access denied (${saying(error)}). Allow ${attempt.permission} on the bucket "${attempt.place.bucket}" to these credentials, ` +
    "or give the provider others",
  credentials: credentialsExplained,
  expired: ({ error }) => `the AWS credentials have expired (${saying(error)}). Sign in again, or get new keys`,
  region: regionExplained,
  unreachable: ({ error, server, configuration }) =>
    `cannot reach ${server} (${networkReason(error)}). Check ${
      configuration.endpoint ? "the provider's `endpoint`" : "the network, and the provider's `region` and `endpoint`"
    }`,
  busy: ({ error, server }) => `${server} is overloaded or failing (${saying(error)}). Try again a little later`,
  exists: () => "it is there already",
  conflict: () => "somebody else is writing it. Try again",
  unsupported: ({ error, server }) => `${server} does not know the request (${saying(error)})`,
  other: ({ error, server }) => `${server} answered ${saying(error)}: ${firstLineOf(error)}`,
};

function credentialsExplained({ error, configuration, server }: Failure): string {
  if (error.$metadata?.httpStatusCode !== undefined) {
    return `${server} does not accept the credentials (${saying(error)}). Correct the keys or the profile`;
  }
  // What a credential process printed is never repeated: it may be a secret.
  const { profile } = configuration;
  if (profile) return `the profile "${profile}" gives no AWS credentials. Correct it, or give the provider keys`;
  return (
    "no AWS credentials were found. Set the provider's `profile`, or its `accessKey` and `secretKey`, or the environment " +
    "variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
  );
}

function regionExplained({ error, attempt, configuration }: Failure): string {
  const region = error.$response?.headers?.["x-amz-bucket-region"];
  const { bucket } = attempt.place;
  if (region) return `the bucket "${bucket}" is in the region ${region}. Set the provider's \`region\` to it`;
  if (error.$metadata?.httpStatusCode === undefined) {
    return "no AWS region is configured. Set the provider's `region`, or the environment variable AWS_REGION";
  }
  const asked = configuration.region ? `${configuration.region}` : "the configured one";
  return `the bucket "${bucket}" is in another region than ${asked} (${saying(error)}). Correct the provider's \`region\``;
}

/** The error's name and status, as far as there are such. */
function saying({ name, $metadata }: SdkError): string {
  const status = $metadata?.httpStatusCode;
  const known = name && !/^(Unknown|UnknownError|Error|S3ServiceException|\d+)$/.test(name) ? [name] : [];
  return [...known, ...(status === undefined ? [] : [status])].join(", ") || "nothing to go by";
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ENOTFOUND: "DNS knows no such host",
  EAI_AGAIN: "DNS did not answer",
  EHOSTUNREACH: "no route to the host",
  ENETUNREACH: "no route to the network",
  ECONNRESET: "the connection was closed",
  EPIPE: "the connection was closed",
  ETIMEDOUT: "timed out",
};

function networkReason(error: SdkError): string {
  const { code = "", name = "" } = error;
  if (words[code]) return `${words[code]}, ${code}`;
  if (name === "TimeoutError") return "timed out";
  return `${firstLineOf(error)}${code ? `, ${code}` : ""}`;
}

function firstLineOf({ message = "" }: SdkError): string {
  return (message.split("\n")[0] ?? "").slice(0, 300);
}
