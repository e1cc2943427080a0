import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A web server with these files, for those that trust its certificate. */
export class TlsServer {
  readonly url: string;
  /** In PEM. */
  readonly certificate: string;
  readonly #server: Server;

  private constructor(url: string, certificate: string, server: Server) {
    this.url = url;
    this.certificate = certificate;
    this.#server = server;
  }

  /** Listens on that address of this machine alone. */
  static async start(address: string, files: Readonly<Record<string, string | Buffer>>): Promise<TlsServer> {
    const { key, cert } = await keysFor(`IP:${address}`);
    const server = createServer({ key, cert }, ({ url = "" }, response) => {
      const content = files[url.slice(1)];
      response.writeHead(content === undefined ? 404 : 200).end(content);
    });
    server.listen(0, address);
    await once(server, "listening");
    return new TlsServer(`https://${address}:${(server.address() as AddressInfo).port}`, cert, server);
  }

  /** Has the pods of a namespace trust it that are made with `trusting`. */
  trustIn(namespace: string): void {
    const trust = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "trust" },
      data: { "it.crt": this.certificate },
    };
    execFileSync("kubectl", ["-n", namespace, "apply", "-f", "-"], { input: JSON.stringify(trust) });
  }

  dispose(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** A certificate in PEM for a name such as `IP:127.0.0.1`, and its key. */
export async function keysFor(name: string): Promise<{ readonly key: Buffer; readonly cert: string }> {
  const folder = await mkdtemp(join(tmpdir(), "rayjob-tls-"));
  const [keyFile, certificateFile] = [join(folder, "key"), join(folder, "certificate")];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", keyFile];
  const names = ["-subj", "/CN=test", "-addext", `subjectAltName=${name}`];
  execFileSync("openssl", ["req", "-x509", "-days", "1", ...key, ...names, "-out", certificateFile], {
    stdio: "ignore",
  });
  const keys = { key: await readFile(keyFile), cert: await readFile(certificateFile, "utf8") };
  await rm(folder, { recursive: true });
  return keys;
}

const [variables, at] = [["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"], "/trust"];

/** What is in a container, and in its pod, that trust the certificate of `trustIn` alone. */
export const trusting = {
  container: {
    env: variables.map((name) => ({ name, value: `${at}/it.crt` })),
    volumeMounts: [{ name: "trust", mountPath: at }],
  },
  pod: { volumes: [{ name: "trust", configMap: { name: "trust" } }] },
};
