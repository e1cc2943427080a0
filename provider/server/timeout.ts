/** Why a signal is aborted: the time that the program gave is over. */
export class TimedOut extends Error {
  constructor(seconds: number, setting: string) {
    super(`Not done within ${seconds} s; \`${setting}\` gives it more time`);
    this.name = "TimedOut";
  }
}

/** A signal that is aborted with TimedOut, which names the setting that asked for it. */
export function timeoutAfter(seconds: number, setting: string): AbortSignal {
  const controller = new AbortController();
  const delay = seconds * 1000;
  if (delay <= longestDelay) setTimeout(() => controller.abort(new TimedOut(seconds, setting)), delay).unref();
  return controller.signal;
}

/** A finalizer that nobody removes would hold a deletion for ever. Pulumi's Kubernetes provider waits as long by default. */
export const deletionTimeoutSeconds = 600;

// The longest delay that a timer of Node's takes; a longer timeout is as good as none.
const longestDelay = 2 ** 31 - 1;
