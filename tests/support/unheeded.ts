import { setImmediate as turn } from "node:timers/promises";

/** Does the work, and gives what was thrown meanwhile where nobody waits for it. */
export async function unheededDuring(work: () => Promise<void>): Promise<unknown[]> {
  const unheeded: unknown[] = [];
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (error) => unheeded.push(error));
  try {
    await work();
    await turn();
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const other of others) process.on("unhandledRejection", other);
  }
  return unheeded;
}
