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
  /** The certificates, or the path of a file with them, that a server must be vouched for by; AWS_CA_BUNDLE by default. */
  readonly customCaBundle?: string | undefined;
}

/** The URL of the server, if it is not AWS's. */
export function endpointOf({ endpoint }: StorageConfiguration, environment = process.env): string | undefined {
  return endpoint || environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL || undefined;
}

/** The environment variable that names a proxy, if there is one. */
export function proxyVariable(environment: NodeJS.ProcessEnv): string | undefined {
  return ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].find((name) => environment[name]);
}
