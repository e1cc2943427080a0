import type { AgentOptions, RequestOptions } from "node:https";
import { isDeepStrictEqual } from "node:util";
import type { DispatcherOptions, KubeConfig } from "@kubernetes/client-node/dist/config.js";
import type { buildConnector, Dispatcher } from "undici";
import type { Attempt } from "./clusterRequest.ts";
import { credentialsError } from "./credentialsError.ts";
import { inTime } from "./inTime.ts";
import {
  CONNECT_TIMEOUT_MS,
  FIRST_CONTACT_BUDGET_MS,
  REFUSAL_BUDGET_MS,
  REQUEST_TIMEOUT_MS,
  RETRY_BUDGET_MS,
} from "./limits.ts";
import { unlessAborted } from "./unlessAborted.ts";

/** What one request needs to be let in. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
}

/** A cluster and the right to talk to it. Holds sockets that do not keep the process alive once idle. */
export class Connection {
  /** The API server's address, with the path prefix that some gateways have. */
  readonly server: string;
  /** The namespace that the kubeconfig's context is about, if it names one. */
  readonly namespace: string | undefined;
  /** True once the server has answered anything at all. */
  reached = false;
  /** For how long whoever follows something bears being refused it after it was granted; only tests have less. */
  refusalBudgetMs = REFUSAL_BUDGET_MS;
  readonly #load: () => Promise<KubeConfig>;
  #config: KubeConfig;
  /** Whether it has given no credentials: the next try reads the kubeconfig again. */
  #isSuspect = false;
  #pending: Promise<Credentials> | undefined;
  #pool: { readonly options: DispatcherOptions; readonly dispatcher: Dispatcher } | undefined;

  constructor(config: KubeConfig, load: () => Promise<KubeConfig>) {
    this.#config = config;
    this.#load = load;
    this.server = config.getCurrentCluster()?.server ?? "";
    this.namespace = config.getContextObject(config.getCurrentContext())?.namespace;
  }

  /** For how long a failing request is worth repeating. */
  get retryBudgetMs(): number {
    return this.reached ? RETRY_BUDGET_MS : FIRST_CONTACT_BUDGET_MS;
  }

  /** For how long an answer may be awaited: a server that has never answered is more likely the wrong one than a slow one. */
  get answerTimeoutMs(): number {
    return this.reached ? REQUEST_TIMEOUT_MS : FIRST_CONTACT_BUDGET_MS;
  }

  /**
   * Headers and sockets for a request. Simultaneous callers share one run of an exec plug-in, which is ended when it takes
   * longer than a request may.
   */
  async credentials(attempt: Attempt, signal?: AbortSignal): Promise<Credentials> {
    this.#pending ??= inTime(REQUEST_TIMEOUT_MS, () => this.#freshCredentials()).finally(() => {
      this.#pending = undefined;
    });
    try {
      return await unlessAborted(this.#pending, signal);
    } catch (error) {
      throw credentialsError(attempt, error, this.#config.getCurrentUser());
    }
  }

  /**
   * Reads the kubeconfig again and forgets cached tokens: the library keeps a token without an end date for ever.
   * A kubeconfig that meanwhile names another server or is broken is not followed.
   */
  async renew(): Promise<void> {
    try {
      const config = await this.#load();
      if (config.getCurrentCluster()?.server === this.server) this.#config = config;
    } catch {
      // The old credentials are used once more, and their refusal is what the user gets to read.
    }
  }

  async #freshCredentials(): Promise<Credentials> {
    if (this.#isSuspect) await this.renew();
    this.#isSuspect = true;
    const credentials = await this.#authenticate();
    this.#isSuspect = false;
    return credentials;
  }

  async #authenticate(): Promise<Credentials> {
    const options: RequestOptions = {};
    await this.#config.applyToHTTPSOptions(options);
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(options.headers ?? {})) headers[name] = `${value}`;
    if (options.auth) headers.Authorization = `Basic ${Buffer.from(options.auth).toString("base64")}`;
    return { headers, dispatcher: await this.#dispatcherFor(options) };
  }

  /** The library makes a new pool for each request; one is enough as long as the TLS settings stay the same. */
  async #dispatcherFor(options: RequestOptions): Promise<Dispatcher> {
    const wanted = this.#config.createDispatcherOptions(this.#config.getCurrentCluster(), tlsOptionsOf(options));
    if (this.#pool && isDeepStrictEqual(this.#pool.options, wanted)) return this.#pool.dispatcher;
    this.#pool = { options: wanted, dispatcher: await this.#makeDispatcher(wanted) };
    return this.#pool.dispatcher;
  }

  async #makeDispatcher(options: DispatcherOptions): Promise<Dispatcher> {
    const { Agent, ProxyAgent } = await import("undici");
    const timeout = CONNECT_TIMEOUT_MS;
    // Over HTTP/2 one lost connection would take all requests and watches with it.
    const allowH2 = false;
    switch (options.type) {
      case "none":
        return new Agent({ allowH2, connect: { timeout, ...KEEP_ALIVE } });
      case "agent":
        return new Agent({ allowH2, connect: { timeout, ...(options.connect as BuildOptions) } });
      case "proxy":
        return new ProxyAgent({
          allowH2,
          uri: options.uri,
          requestTls: { timeout, ...(options.requestTls as BuildOptions) },
        });
      case "socks":
        return await this.#makeSocksDispatcher();
    }
  }

  /** Only the library knows how to go through a SOCKS proxy. */
  async #makeSocksDispatcher(): Promise<Dispatcher> {
    const { RequestContext } = await import("@kubernetes/client-node/dist/gen/http/http.js");
    const context = new RequestContext(this.server, "GET");
    await this.#config.applySecurityAuthentication(context);
    const dispatcher = context.getDispatcher();
    if (!dispatcher) throw new Error("Internal error: the library made no connection pool for the SOCKS proxy");
    return dispatcher;
  }
}

// undici's types allow fewer explicit undefineds than Node's, of which the library's are made.
type BuildOptions = buildConnector.BuildOptions;

// The library's own figure: below the idle timeout of cloud load balancers (60 s).
const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelay: 30_000 };

function tlsOptionsOf(options: RequestOptions): AgentOptions {
  const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } = options;
  return { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } as AgentOptions;
}
