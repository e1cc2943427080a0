import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { credentials, freePort, ObjectStore } from "./objectStore.ts";
import { until } from "./until.ts";

/**
 * Versity's S3 gateway, which keeps objects as files of a folder and their tags as its extended attributes. With `tls` it has a certificate for 127.0.0.1, by an
 * authority of its own that nobody knows.
 */
export async function startVersityGateway({ tls = false } = {}): Promise<ObjectStore> {
  const folder = await mkdtemp(join(tmpdir(), "rayjob-versitygw-"));
  await mkdir(join(folder, "objects"));
  const port = await freePort();
  const authority = tls ? await makeCertificate(folder) : undefined;
  const { accessKeyId, secretAccessKey } = credentials;
  const options = [
    ...["--port", `127.0.0.1:${port}`, "--access", accessKeyId, "--secret", secretAccessKey, "--quiet"],
    ...(tls ? ["--cert", join(folder, "server.crt"), "--key", join(folder, "server.key")] : []),
  ];
  const server = spawn("versitygw", [...options, "posix", join(folder, "objects")], { stdio: "ignore" });
  const failure = new Promise<never>((_, reject) => server.once("error", reject));
  await Promise.race([until("versitygw", () => listens(port)), failure]);
  return new ObjectStore({
    endpoint: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    process: server,
    ...(authority === undefined ? {} : { authority }),
    cleanUp: () => rm(folder, { recursive: true }),
  });
}

/** The PEM text of the authority. */
async function makeCertificate(folder: string): Promise<string> {
  const openssl = (...args: string[]) => promisify(execFile)("openssl", args, { cwd: folder });
  const key = ["-newkey", "rsa:2048", "-nodes"];
  await openssl("req", "-x509", ...key, "-subj", "/CN=test-authority", "-keyout", "ca.key", "-out", "ca.crt");
  await writeFile(join(folder, "names"), "subjectAltName=IP:127.0.0.1\n");
  await openssl("req", ...key, "-subj", "/CN=versitygw", "-keyout", "server.key", "-out", "server.csr");
  const signed = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names"];
  await openssl("x509", "-req", "-in", "server.csr", ...signed, "-out", "server.crt");
  return readFile(join(folder, "ca.crt"), "utf8");
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
