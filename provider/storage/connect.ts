import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";

/** Where packages are stored and as whom; what is left out the AWS SDK finds as the AWS command line does. */
export interface StorageConfiguration {
  readonly region?: string | undefined;
  /** Of the shared AWS files. */
  readonly profile?: string | undefined;
  readonly accessKey?: string | undefined;
  readonly secretKey?: string | undefined;
  /** The session token of temporary keys. */
  readonly token?: string | undefined;
  /** The URL of another server than AWS's. */
  readonly endpoint?: string | undefined;
  /** Whether a bucket is part of the URL's path instead of its host; true by default for another server than AWS's. */
  readonly usePathStyle?: boolean | undefined;
}

/** An S3 server, and who we are to it. */
export interface Storage {
  readonly client: S3Client;
  readonly configuration: StorageConfiguration;
}

/**
 * The storage of a configuration; nothing is sent yet. A process has one for each configuration. The SDK is loaded here,
 * since it costs a tenth of a second and most processes of a plug-in never need it.
 */
export function connect(configuration: StorageConfiguration): Promise<Storage> {
  const key = JSON.stringify(Object.entries(configuration).sort());
  const known = storages.get(key);
  if (known !== undefined) return known;
  const made = makeStorage(configuration);
  storages.set(key, made);
  return made;
}

const storages = new Map<string, Promise<Storage>>();

async function makeStorage(configuration: StorageConfiguration): Promise<Storage> {
  const { S3Client } = await import("@aws-sdk/client-s3");
  const settings = settingsOf(configuration);
  const client = new S3Client(settings);
  // Another server seldom has regions, but every signature names one.
  const isNowhere = endpointOf(configuration) !== undefined && !(await hasRegion(client));
  return { client: isNowhere ? new S3Client({ ...settings, region: "us-east-1" }) : client, configuration };
}

function settingsOf(configuration: StorageConfiguration): S3ClientConfig {
  const { profile, endpoint, accessKey, secretKey, token, usePathStyle } = configuration;
  // The SDK for JavaScript knows AWS_REGION alone.
  const region = configuration.region || process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  const session = token ? { sessionToken: token } : {};
  return {
    ...(region ? { region } : {}),
    ...(profile ? { profile } : {}),
    ...(endpoint ? { endpoint } : {}),
    ...(accessKey && secretKey
      ? { credentials: { accessKeyId: accessKey, secretAccessKey: secretKey, ...session } }
      : {}),
    forcePathStyle: usePathStyle ?? endpointOf(configuration) !== undefined,
    maxAttempts,
    requestHandler: { connectionTimeout: connectTimeoutMs, socketTimeout: silenceTimeoutMs },
  };
}

async function hasRegion(client: S3Client): Promise<boolean> {
  return client.config.region().then(Boolean, () => false);
}

/** The URL of the server, if it is not AWS's. */
export function endpointOf({ endpoint }: StorageConfiguration): string | undefined {
  return endpoint || process.env.AWS_ENDPOINT_URL_S3 || process.env.AWS_ENDPOINT_URL || undefined;
}

/** How often the SDK tries. Its waits double, up to a minute in all for a server that asks to slow down. */
const maxAttempts = 8;
const connectTimeoutMs = 3_000;
/** How long a connection may be silent before it is given up. */
const silenceTimeoutMs = 30_000;
