import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Dispatcher } from "undici";
import { connect } from "../../../provider/kube/connection/connect.ts";
import type { Connection } from "../../../provider/kube/connection/connection.ts";

/** What happens to a request instead of being passed on and answered. */
export type Fault =
  /** The connection is closed before the API server hears of it. */
  | { readonly kind: "drop" }
  /** The API server does it, but its answer is lost. */
  | { readonly kind: "loseAnswer" }
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** Stands between a client and the real API server, on loopback, and does harm when told to. */
export class FaultProxy {
  /** What came in, oldest first: `GET /api/v1/namespaces`. */
  readonly requests: string[] = [];
  readonly #target: Connection;
  readonly #faults: { readonly pattern: RegExp; readonly fault: Fault }[] = [];
  /** And logs that are followed. */
  readonly #watches = new Set<ServerResponse>();
  #server: Server | undefined;
  #port = 0;

  constructor(target: Connection) {
    this.#target = target;
  }

  /** Starts it and connects through it. */
  async connect(): Promise<Connection> {
    await this.start();
    return await connect({ kubeconfig: this.kubeconfig });
  }

  /** The way through it, once it has started. */
  get kubeconfig(): string {
    const cluster = { name: "proxy", cluster: { server: `http://127.0.0.1:${this.#port}` } };
    const context = { name: "proxy", context: { cluster: "proxy", user: "proxy" } };
    const users = [{ name: "proxy", user: {} }];
    return JSON.stringify({ clusters: [cluster], contexts: [context], users, "current-context": "proxy" });
  }

  /** Listens, after `stop` on the same port as before. */
  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Closes every connection and refuses new ones, as an API server does that is restarted. */
  async stop(): Promise<void> {
    if (!this.#server) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
    this.#server = undefined;
  }

  /** The next request that matches gets this fault; several are used up in their order. */
  next(pattern: RegExp, ...faults: readonly Fault[]): void {
    for (const fault of faults) this.#faults.push({ pattern, fault });
  }

  get openWatches(): number {
    return this.#watches.size;
  }

  /** Breaks the connection of all open watches, and of the logs that are followed. */
  cutWatches(): void {
    for (const watch of this.#watches) watch.destroy();
  }

  /** Ends all open watches properly, but with `text` as their last words. */
  endWatches(text = ""): void {
    for (const watch of this.#watches) watch.end(text);
  }

  count(pattern: RegExp): number {
    return this.requests.filter((request) => pattern.test(request)).length;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const line = `${request.method} ${request.url}`;
    this.requests.push(line);
    const fault = this.#takeFault(line);
    if (fault?.kind === "drop") return void response.destroy();
    if (fault?.kind === "answer") return void response.writeHead(fault.status, fault.headers).end(fault.body);
    const answer = await this.#forward(request);
    if (fault?.kind === "loseAnswer") {
      await answer.body.dump();
      return void response.destroy();
    }
    await this.#relay(answer, line, response);
  }

  #takeFault(line: string): Fault | undefined {
    const index = this.#faults.findIndex(({ pattern }) => pattern.test(line));
    return index < 0 ? undefined : this.#faults.splice(index, 1)[0]?.fault;
  }

  async #forward(request: IncomingMessage): Promise<Dispatcher.ResponseData> {
    const server = this.#target.server;
    const attempt = { action: "pass on", subject: "request", server, path: request.url ?? "/" };
    const { dispatcher, headers } = await this.#target.credentials(attempt);
    const { host, connection, "transfer-encoding": encoding, "content-length": length, ...passed } = request.headers;
    const body = await Readable.from(request).toArray();
    return await dispatcher.request({
      origin: server,
      path: request.url ?? "/",
      method: request.method as "GET",
      headers: { ...passed, ...headers },
      body: body.length > 0 ? Buffer.concat(body as Buffer[]) : null,
      bodyTimeout: 0,
    });
  }

  async #relay(answer: Dispatcher.ResponseData, line: string, response: ServerResponse): Promise<void> {
    response.writeHead(answer.statusCode, { "content-type": `${answer.headers["content-type"]}` });
    response.flushHeaders();
    if (/(watch|follow)=true/.test(line)) {
      this.#watches.add(response);
      response.once("close", () => this.#watches.delete(response));
    }
    await pipeline(answer.body, response);
  }
}
