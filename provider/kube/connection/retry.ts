import pRetry from "p-retry";
import { type ClusterError, isClusterError } from "./errors.ts";
import { pause } from "./pause.ts";

export interface RetryOptions {
  readonly budgetMs: () => number;
  readonly signal?: AbortSignal | undefined;
  /** Told of every failure, before it is decided whether to try again. */
  readonly onFailure?: ((error: ClusterError) => void) | undefined;
}

/**
 * Repeats `attempt` while it fails for a passing reason: exponential back-off with jitter, at least as long as the
 * server asked for, as long as the budget lasts. Then, or for any other reason, the last error is thrown.
 */
export async function withRetries<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { budgetMs, signal, onFailure } = options;
  const start = performance.now();
  const left = () => budgetMs() - (performance.now() - start);
  return await pRetry(attempt, {
    ...BACK_OFF,
    signal,
    onFailedAttempt: ({ error }) => {
      if (isClusterError(error)) onFailure?.(error);
    },
    shouldRetry: async ({ error, retryDelay }) => {
      if (!isClusterError(error) || !error.isTransient) return false;
      const asked = error.retryAfterMs ?? 0;
      if (asked + retryDelay > left()) return false;
      await pause(asked, signal);
      return true;
    },
  });
}

const BACK_OFF = { retries: Number.POSITIVE_INFINITY, minTimeout: 250, maxTimeout: 8_000, factor: 2, randomize: true };
