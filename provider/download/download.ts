import pRetry, { AbortError } from "p-retry";

/**
 * The bytes at a URL, through the proxies that HTTPS_PROXY and its like name. Failed connections and answers of 429 and 5xx
 * are tried again twice. Throws an Error that says why, but not what for.
 */
export async function download(url: string, signal: AbortSignal): Promise<Uint8Array> {
  const { EnvHttpProxyAgent, fetch } = await import("undici");
  const dispatcher = new EnvHttpProxyAgent();
  try {
    return await pRetry(() => attempt(), { retries: 2, minTimeout: 500, signal });
  } finally {
    await dispatcher.destroy();
  }

  async function attempt(): Promise<Uint8Array> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      const answer = await fetch(url, { dispatcher, signal: limited });
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
      const refusal = new Error(`${url} answered ${answer.status}`);
      throw answer.status === 429 || answer.status >= 500 ? refusal : new AbortError(refusal);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof TypeError ? new Error(`cannot reach ${url} (${reasonOf(error)})`) : error;
    }
  }
}

const TIMEOUT_MS = 60_000;

/** `fetch` says only that it failed; why is in the cause. */
function reasonOf(error: Error): string {
  const { cause } = error;
  return cause instanceof Error ? cause.message || String(Object(cause).code) : error.message;
}
