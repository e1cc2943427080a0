import { Agent as HttpAgent } from "node:http";
import { type AgentOptions, Agent as HttpsAgent } from "node:https";
import { certificatesOf } from "./certificates.ts";
import { proxyVariable, type StorageConfiguration } from "./storageConfiguration.ts";

export interface Agents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

/**
 * How the server is reached where that is not the usual way: through the proxy of HTTPS_PROXY or HTTP_PROXY (Node obeys
 * NO_PROXY), or with certificates of one's own. Else undefined: then the SDK waits for the server's leave before it sends much,
 * which it does with its own agents alone.
 */
export async function agentsOf(configuration: StorageConfiguration): Promise<Agents | undefined> {
  const ca = await certificatesOf(configuration);
  if (ca === undefined && proxyVariable(process.env) === undefined) return undefined;
  // Node's type declarations do not know `proxyEnv` yet.
  const options: AgentOptions & { readonly proxyEnv: NodeJS.ProcessEnv } = {
    keepAlive: true,
    maxSockets: 50,
    proxyEnv: process.env,
  };
  return { httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent({ ...options, ...(ca ? { ca } : {}) }) };
}
