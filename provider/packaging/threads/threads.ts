import { availableParallelism } from "node:os";
import { setImmediate as breathe } from "node:timers/promises";
import { Thread } from "./thread.ts";
import { done, type Kind, type Work, type Works } from "./work.ts";

/**
 * Does all the work, on as many threads as there are processors, and gives what is made of it in its order. A few pieces of it
 * are under way at once, so that memory stays bounded however slowly the results are taken. `bytes` is how much is to be
 * read: for little of it a thread would take longer to start than to help.
 */
export async function* allDone<K extends Kind>(
  works: Iterable<Work<K>>,
  bytes: number,
): AsyncGenerator<Works[K]["made"], void> {
  const threads = bytes < worthThreads ? [] : started();
  const underWay: Promise<Works[K]["made"]>[] = [];
  try {
    for (const work of works) {
      const thread = threads.find(({ hasRoom }) => hasRoom);
      if (thread) underWay.push(observed(thread.do(work)));
      else {
        const made = observed(done(work));
        underWay.push(made);
        await made.catch(() => undefined);
        await breathe();
      }
      // Two more than the threads have, so that this one works while they do.
      while (underWay.length > threads.length * 2 + (threads.length > 0 ? 2 : 0)) yield await next(underWay);
    }
    while (underWay.length > 0) yield await next(underWay);
  } finally {
    if (threads.length > 0) endSoon();
  }
}

/** A failure is heard of when it is its turn. */
function observed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

function next<T>(underWay: Promise<T>[]): Promise<T> {
  const first = underWay.shift();
  if (first === undefined) throw new Error("Internal error: nothing is under way");
  return first;
}

// A directory is read, and packaged right after: the threads stay for a moment.
let threads: Thread[] = [];
let users = 0;
let end: NodeJS.Timeout | undefined;

function started(): Thread[] {
  clearTimeout(end);
  users += 1;
  if (threads.length === 0) {
    threads = Array.from({ length: Math.min(availableParallelism() - 1, mostThreads) }, () => new Thread());
  }
  return threads;
}

function endSoon(): void {
  users -= 1;
  if (users > 0) return;
  end = setTimeout(() => {
    for (const thread of threads.splice(0)) thread.end();
  }, lingerMilliseconds).unref();
}

const worthThreads = 4_000_000;
const mostThreads = 3;
/** So many pieces of work are begun, and their results not taken yet, at most. */
export const mostUnderWay = mostThreads * 2 + 3;
const lingerMilliseconds = 1_000;
