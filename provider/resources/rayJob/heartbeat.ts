/**
 * Calls the listener every five seconds until the function that is returned is called. The listeners of a process are
 * called at the same moment, so that what they ask the cluster for can be asked together. The watch tells of changes at
 * once; this only moves the clock on the rows and looks at the pods of jobs that are held up.
 */
export function onEachBeat(listener: () => void): () => void {
  listeners.add(listener);
  heart ??= setInterval(() => {
    for (const each of listeners) each();
  }, 5_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(heart);
    heart = undefined;
  };
}

const listeners = new Set<() => void>();
let heart: NodeJS.Timeout | undefined;
