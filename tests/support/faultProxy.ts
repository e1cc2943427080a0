import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import type { Dispatcher } from "undici";
import { connect } from "../../provider/kube/connection/connect.ts";
import type { Connection } from "../../provider/kube/connection/connection.ts";

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

/** How far a request has got: it has come in, the API server has answered it, the client has the answer. */
export type Stage = "asked" | "answered" | "told";

/** Told of each request at each stage, and waited for; a `cut` closes the connection there. */
export type Attendant = (line: string, stage: Stage) => Promise<"cut" | undefined>;

/** Stands between a client and the real API server, on loopback, and does harm when told to. */
export class FaultProxy {
  /** What came in, oldest first: `GET /api/v1/namespaces`. */
  readonly requests: string[] = [];
  attendant: Attendant = async () => undefined;
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

  /** Leads to the proxy, once it has been started. */
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

  /** Breaks every connection, and takes new ones. */
  cutConnections(): void {
    this.#server?.closeAllConnections();
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
    const isCut = async (stage: Stage) => (await this.attendant(line, stage)) === "cut";
    const body = Buffer.concat(await request.toArray());
    if (fault?.kind === "drop" || (await isCut("asked"))) return void response.destroy();
    if (fault?.kind === "answer") return void response.writeHead(fault.status, fault.headers).end(fault.body);
    const answer = await this.#forward(request, body);
    if (fault?.kind === "loseAnswer" || (await isCut("answered"))) {
      await answer.body.dump();
      return void response.destroy();
    }
    await this.#relay(answer, line, response);
    await isCut("told");
  }

  #takeFault(line: string): Fault | undefined {
    const index = this.#faults.findIndex(({ pattern }) => pattern.test(line));
    return index < 0 ? undefined : this.#faults.splice(index, 1)[0]?.fault;
  }

  async #forward(request: IncomingMessage, body: Buffer): Promise<Dispatcher.ResponseData> {
    const server = this.#target.server;
    const attempt = { action: "pass on", subject: "request", server, path: request.url ?? "/" };
    const { dispatcher, headers } = await this.#target.credentials(attempt);
    const { host, connection, "transfer-encoding": encoding, "content-length": length, ...passed } = request.headers;
    return await dispatcher.request({
      origin: server,
      path: request.url ?? "/",
      method: request.method as "GET",
      headers: { ...passed, ...headers },
      body: body.length > 0 ? body : null,
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
