import { unreached } from "../values/unreached.ts";
import type { FailedRequest, SdkError } from "./failedRequest.ts";
import { proxyVariable } from "./storageConfiguration.ts";
import type { StorageErrorKind } from "./storageError.ts";

/** Why, and what to do about it, by the kind of the error. */
export const explanations: Readonly<Record<StorageErrorKind, (request: FailedRequest) => string>> = {
  missingObject: () => "there is no such object",
  missingBucket: ({ attempt, server }) =>
    `there is no bucket "${attempt.place.bucket}" on ${server}. Create it, or correct \`bucket\``,
  denied: ({ attempt, error, server }) =>
    `access denied (${saying(error)}). Allow ${attempt.permission} on the bucket "${attempt.place.bucket}" to these credentials, ` +
    `or give the provider others${server.startsWith("http:") ? withoutTls : ""}`,
  credentials: credentialsExplained,
  expired: ({ error }) => `the AWS credentials have expired (${saying(error)}). Sign in again, or get new keys`,
  region: regionExplained,
  untrusted: ({ error, server }) =>
    `${server} has a certificate by an authority that is not known (${networkReason(error)}). Set the provider's ` +
    "`customCaBundle`, or the environment variable AWS_CA_BUNDLE, to the authority's certificate",
  clock: ({ error, server }) =>
    `the clock of this machine and that of ${server} are too far apart (${saying(error)}). Set it right`,
  unreachable: unreachableExplained,
  busy: ({ error, server }) => `${server} is overloaded or failing (${saying(error)}). Try again a little later`,
  exists: () => "it is there already",
  damaged: ({ error }) =>
    `what has arrived is not what was sent (${saying(error)}). Nothing is stored. Try again, and look for a fault of the ` +
    "network if it comes back",
  conflict: () => "somebody else is writing it. Try again",
  unsupported: ({ error, server }) =>
    `${server} does not know the request (${saying(error)}). Update it, or use another`,
  other: ({ error, server }) =>
    error.$metadata?.httpStatusCode === undefined
      ? firstLineOf(error) || saying(error)
      : `${server} answered ${saying(error)}: ${firstLineOf(error)}`,
};

const withoutTls = ". A bucket that was made with `requireTls`, as it is by default, denies whatever comes without TLS";

function credentialsExplained({ error, configuration, server }: FailedRequest): string {
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

function regionExplained({ error, attempt, configuration }: FailedRequest): string {
  const region = error.$response?.headers?.["x-amz-bucket-region"];
  const { bucket } = attempt.place;
  if (region) return `the bucket "${bucket}" is in the region ${region}. Set the provider's \`region\` to it`;
  const [, called] = /not accepted: region="([^"]*)"/.exec(error.message ?? "") ?? [];
  if (called !== undefined) {
    return `no AWS region is called "${called}". Correct the provider's \`region\``;
  }
  if (error.$metadata?.httpStatusCode === undefined) {
    return "no AWS region is configured. Set the provider's `region`, or the environment variable AWS_REGION";
  }
  const asked = configuration.region ? `${configuration.region}` : "the configured one";
  return `the bucket "${bucket}" is in another region than ${asked} (${saying(error)}). Correct the provider's \`region\``;
}

function unreachableExplained({ error, server, configuration, environment }: FailedRequest): string {
  const suspects = configuration.endpoint
    ? ["the provider's `endpoint`"]
    : ["the network", "the provider's `region` and `endpoint`"];
  const proxy = proxyVariable(environment);
  const all = proxy === undefined ? suspects : [...suspects, `the proxy that the environment variable ${proxy} names`];
  return `cannot reach ${server} (${networkReason(error)}). Check ${all.join(", and ")}`;
}

/** The error's name and status, as far as there are such. */
function saying({ name, $metadata }: SdkError): string {
  const status = $metadata?.httpStatusCode;
  const known = name && !/^(Unknown|UnknownError|Error|S3ServiceException|\d+)$/.test(name) ? [name] : [];
  return [...known, ...(status === undefined ? [] : [status])].join(", ") || "nothing to go by";
}

const words: Readonly<Record<string, string>> = {
  ...unreached,
  ECONNRESET: "the connection was closed",
  EPIPE: "the connection was closed",
  EPROTO: "it does not speak TLS",
  ETIMEDOUT: "timed out",
};

function networkReason(error: SdkError): string {
  const { code = "", name = "" } = error;
  if (words[code]) return `${words[code]}, ${code}`;
  // The error's own words name the proxy together with its password.
  if (code.startsWith("ERR_PROXY")) return `the proxy answered ${error.statusCode ?? "nothing"}, ${code}`;
  if (code.startsWith("HPE_")) return `it does not speak HTTP, ${code}; TLS takes https://`;
  if (name === "TimeoutError") return "timed out";
  return `${firstLineOf(error)}${code ? `, ${code}` : ""}`;
}

function firstLineOf({ message = "" }: SdkError): string {
  return (message.split("\n")[0] ?? "").slice(0, 300);
}
