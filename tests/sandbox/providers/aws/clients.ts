import { readFile } from "node:fs/promises";
import { Agent } from "node:https";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import type { PropertyMap } from "../../../../provider/values/value.ts";
import { type ClientSettings, clientSettingsOf } from "./configuration.ts";

/** The AWS services as the provider's configuration reaches them. */
export interface Aws {
  readonly s3: S3Client;
  readonly iam: IAMClient;
  readonly region: string;
}

/** Clients for the region that a resource names, or for the provider's own. Made once, since each keeps connections. */
export async function awsOf(configuration: PropertyMap, region?: string): Promise<Aws> {
  const key = JSON.stringify([Object.entries(configuration).map(([name, value]) => [name, String(value)]), region]);
  const known = made.get(key);
  if (known !== undefined) return known;
  const aws = connect(clientSettingsOf(configuration), region);
  made.set(key, aws);
  return aws;
}

const made = new Map<string, Promise<Aws>>();

async function connect({ endpoints, pathStyle, caBundle, ...settings }: ClientSettings, region?: string): Promise<Aws> {
  // The AWS SDK for JavaScript does not look at the second, the official provider does.
  const wanted = region ?? settings.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  const ca = caBundle && (await readFile(caBundle, "utf8"));
  const common = {
    ...(ca ? { requestHandler: { httpsAgent: new Agent({ ca }) }, expectContinueHeader: false } : {}),
    ...(wanted ? { region: wanted } : {}),
    ...(settings.profile ? { profile: settings.profile } : {}),
    ...(settings.credentials ? { credentials: settings.credentials } : {}),
  };
  const s3 = new S3Client({
    ...common,
    forcePathStyle: pathStyle,
    ...(endpoints.s3 ? { endpoint: endpoints.s3 } : {}),
  });
  const iam = new IAMClient({ ...common, ...(endpoints.iam ? { endpoint: endpoints.iam } : {}) });
  return { s3, iam, region: await s3.config.region().catch(noRegion) };
}

function noRegion(): never {
  throw new Error("No AWS region is known: set `aws:region` in the stack's configuration, or AWS_REGION");
}
