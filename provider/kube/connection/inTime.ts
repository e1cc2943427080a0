import { AsyncLocalStorage } from "node:async_hooks";
import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import { unlessAborted } from "./unlessAborted.ts";

/**
 * What the work gives. Throws a `TimeoutError` when that takes longer than so many milliseconds; the processes that the work
 * has started are ended then.
 */
export async function inTime<Result>(milliseconds: number, work: () => Promise<Result>): Promise<Result> {
  const children: ChildProcess[] = [];
  const expiry = new AbortController();
  const timer = setTimeout(() => expiry.abort(new DOMException("Not done in time", "TimeoutError")), milliseconds);
  try {
    return await unlessAborted(childrenOf.run(children, work), expiry.signal);
  } finally {
    clearTimeout(timer);
    if (expiry.signal.aborted) for (const child of children) end(child);
  }
}

const childrenOf = new AsyncLocalStorage<ChildProcess[]>();

// The library that starts a plug-in does not hand it out.
subscribe("child_process", (message) => {
  childrenOf.getStore()?.push((message as { readonly process: ChildProcess }).process);
});

/** What it has started itself may go on and hold its pipes, for which this process is not to wait. */
function end(child: ChildProcess): void {
  child.kill("SIGKILL");
  for (const pipe of child.stdio) pipe?.destroy();
}
