/** Whether an object is what it is made for, and if not, what it waits for: the words after its name. */
export type Readiness =
  | { readonly ready: true }
  | { readonly ready: false; readonly waiting: string; readonly hopeless?: boolean };

export const isReady: Readiness = { ready: true };

export function waitingFor(waiting: string): Readiness {
  return { ready: false, waiting };
}

/** For what will not become ready however long one waits. */
export function hopeless(waiting: string): Readiness {
  return { ready: false, waiting, hopeless: true };
}
