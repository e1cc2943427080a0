import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer as createProxy, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { keysFor } from "../support/tlsServer.ts";

/**
 * A git host by the name of `git.test`, for those that use its proxy and trust its certificate. The proxy leads to the rest of
 * the internet, too, and remembers who was asked for.
 */
export class GitHost {
  /** The hosts that were asked for. */
  readonly asked = new Set<string>();
  readonly #repositories: string;
  readonly #git: Server;
  readonly #proxy: Server;

  private constructor(repositories: string, git: Server) {
    this.#repositories = repositories;
    this.#git = git;
    this.#proxy = createProxy().on("connect", ({ url = "" }: IncomingMessage, client: Socket) => {
      this.#lead(url, client);
    });
  }

  /** Serves the repositories below the folder. */
  static async start(repositories: string): Promise<GitHost> {
    const { key, cert } = await keysFor(`DNS:${name}`);
    await writeFile(certificateIn(repositories), cert);
    const git = createServer({ key, cert }, (request, response) => {
      serve(repositories, request, response).catch((error: Error) => response.destroy(error));
    });
    const host = new GitHost(repositories, git);
    for (const server of [host.#git, host.#proxy]) {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
    }
    return host;
  }

  /** By what Pulumi and npm find it. */
  get environment(): Readonly<Record<string, string>> {
    const proxy = `http://127.0.0.1:${portOf(this.#proxy)}`;
    return { HTTPS_PROXY: proxy, SSL_CERT_FILE: certificateIn(this.#repositories) };
  }

  dispose(): void {
    for (const server of [this.#git, this.#proxy]) {
      server.close();
      server.closeAllConnections();
    }
  }

  #lead(address: string, client: Socket): void {
    const [host = "", port = "443"] = address.split(":");
    this.asked.add(host);
    const server = host === name ? connect(portOf(this.#git), "127.0.0.1") : connect(Number(port), host);
    server.once("connect", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(server).pipe(client);
    });
    client.on("error", () => server.destroy());
    server.on("error", () => client.destroy());
  }
}

const name = "git.test";

function certificateIn(folder: string): string {
  return join(folder, "certificate.pem");
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** By git's own program and the Common Gateway Interface: the request in the environment, header lines before the answer. */
async function serve(repositories: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, search } = new URL(request.url ?? "", `https://${name}`);
  const header = (name: string) => String(request.headers[name] ?? "");
  const child = spawn("git", ["http-backend"], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: repositories,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_PROTOCOL: header("git-protocol"),
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: header("content-type"),
      HTTP_CONTENT_ENCODING: header("content-encoding"),
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  request.pipe(child.stdin);
  const answer = await buffer(child.stdout);
  const end = answer.indexOf("\r\n\r\n");
  const lines = answer.subarray(0, end).toString().split("\r\n");
  const headers = new Map(lines.map((line) => line.split(": ", 2) as [string, string]));
  const status = Number.parseInt(headers.get("Status") ?? "200", 10);
  headers.delete("Status");
  response.writeHead(status, Object.fromEntries(headers)).end(answer.subarray(end + 4));
}
