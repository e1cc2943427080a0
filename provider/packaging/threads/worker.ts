import { parentPort } from "node:worker_threads";
import { PackagingError, type Problem } from "../packagingError.ts";
import { released } from "../zip/block.ts";
import { done, type Kind, type Work, type Works } from "./work.ts";

/** What a worker is sent. */
export interface Order {
  readonly id: number;
  readonly work: Work<Kind>;
}

/** What it answers: a PackagingError would arrive as any other error. */
export type Answer =
  | { readonly id: number; readonly made: Works[Kind]["made"] }
  | { readonly id: number; readonly problem: Problem };

parentPort?.on("message", async ({ id, work }: Order) => {
  try {
    const made = await done(work);
    if ("plain" in work.given) released(work.given.plain);
    parentPort?.postMessage({ id, made } satisfies Answer, buffersOf(made));
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error;
    const { what, why, hint } = error;
    parentPort?.postMessage({ id, problem: { what, why, hint } } satisfies Answer);
  }
});

/** What is large enough to be handed over instead of copied. */
function buffersOf(made: Works[Kind]["made"]): ArrayBuffer[] {
  if (made instanceof Uint8Array) return [made.buffer];
  return "bytes" in made ? [made.bytes.buffer] : [];
}
