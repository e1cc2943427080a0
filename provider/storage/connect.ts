import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import { agentsOf } from "./agents.ts";
import { endpointOf, type StorageConfiguration } from "./storageConfiguration.ts";

/** An S3 server, and who we are to it. */
export interface Storage {
  readonly client: S3Client;
  readonly configuration: StorageConfiguration;
  /** A client for a server that does not take the checksums that the SDK sends by itself. */
  withoutChecksums(): S3Client;
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
  // A file that was missing may be there the next time.
  made.catch(() => storages.delete(key));
  return made;
}

const storages = new Map<string, Promise<Storage>>();

async function makeStorage(configuration: StorageConfiguration): Promise<Storage> {
  const { S3Client } = await import("@aws-sdk/client-s3");
  const settings = await settingsOf(configuration);
  const client = new S3Client(settings);
  // Another server seldom has regions, but every signature names one.
  const isNowhere = endpointOf(configuration) !== undefined && !(await hasRegion(client));
  const known = isNowhere ? { ...settings, region: "us-east-1" } : settings;
  return {
    client: isNowhere ? new S3Client(known) : client,
    configuration,
    withoutChecksums: () => new S3Client({ ...known, requestChecksumCalculation: "WHEN_REQUIRED" }),
  };
}

async function settingsOf(configuration: StorageConfiguration): Promise<S3ClientConfig> {
  const { profile, endpoint, accessKey, secretKey, token, usePathStyle } = configuration;
  // The SDK for JavaScript knows AWS_REGION alone.
  const region = configuration.region || process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  const session = token ? { sessionToken: token } : {};
  const agents = await agentsOf(configuration);
  return {
    ...(region ? { region } : {}),
    ...(profile ? { profile } : {}),
    ...(endpoint ? { endpoint } : {}),
    ...(accessKey && secretKey
      ? { credentials: { accessKeyId: accessKey, secretAccessKey: secretKey, ...session } }
      : {}),
    forcePathStyle: usePathStyle ?? endpointOf(configuration) !== undefined,
    maxAttempts,
    requestHandler: { connectionTimeout: connectTimeoutMs, socketTimeout: silenceTimeoutMs, ...agents },
    ...(agents ? { expectContinueHeader: false } : {}),
  };
}

async function hasRegion(client: S3Client): Promise<boolean> {
  return client.config.region().then(Boolean, () => false);
}

/** How often the SDK tries. Its waits double, up to a minute in all for a server that asks to slow down. */
const maxAttempts = 8;
const connectTimeoutMs = 3_000;
/** How long a connection may be silent before it is given up. */
const silenceTimeoutMs = 30_000;
