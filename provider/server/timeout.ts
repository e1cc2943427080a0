/** Why a signal is aborted: the time that the program gave is over. */
export class TimedOut extends Error {
  constructor(seconds: number, setting: string) {
    super(`Not done within ${seconds} s; \`${setting}\` gives it more time`);
    this.name = "TimedOut";
  }
}

/** How long something may take: seconds, none for as long as it likes, and the setting that says so. */
export interface Limit {
  readonly seconds: number | undefined;
  readonly setting: string;
}

/**
 * Does the work with a signal that is aborted when `outer` is, or with TimedOut when the time is over. It is the work that
 * has to end then.
 */
export async function within<Result>(
  { seconds = 0, setting }: Limit,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const delay = seconds * 1000;
  if (delay <= 0 || delay > longestDelay) return work(outer);
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(new TimedOut(seconds, setting)), delay);
  try {
    return await work(AbortSignal.any([outer, timeout.signal]));
  } finally {
    clearTimeout(timer);
  }
}

/** A finalizer that nobody removes would hold a deletion for ever. Pulumi's Kubernetes provider waits as long by default. */
export const deletionTimeoutSeconds = 600;

// The longest delay that a timer of Node's takes; a longer timeout is as good as none.
const longestDelay = 2 ** 31 - 1;
