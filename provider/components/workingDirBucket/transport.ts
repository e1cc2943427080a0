/** What is said of a bucket that refuses whatever comes without TLS, on a server that has none. */
export function transportWarning(requireTls: boolean, endpoint: string | undefined): string | undefined {
  if (!requireTls || !endpoint?.startsWith("http:")) return undefined;
  return (
    `The S3 server ${endpoint} has no TLS, without which the bucket takes no code. Set its \`requireTls\` to false before it is made, ` +
    "unless it is made on another server"
  );
}
