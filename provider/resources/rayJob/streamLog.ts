import { setTimeout as sleep } from "node:timers/promises";
import type { LineBatch } from "../../job/lineBatch.ts";

/**
 * Shows lines as they come, those of one moment in one text, and no more texts than the batch wants. Done when all are
 * shown; throws what `show` throws, once there are no more lines.
 */
export async function streamLog(
  lines: AsyncIterable<string>,
  batch: LineBatch,
  show: (text: string) => Promise<void>,
): Promise<void> {
  const end = new AbortController();
  let showing: Promise<void> | undefined;
  for await (const line of lines) {
    batch.add(line);
    showing ??= begun();
  }
  end.abort();
  await showing;

  function begun(): Promise<void> {
    const shown = showAll();
    shown.catch(() => undefined); // is heard of at the end
    return shown;
  }

  async function showAll(): Promise<void> {
    for (let text = await next(GATHERING_MS); text !== undefined; text = await next(batch.restMilliseconds)) {
      await show(text);
    }
    showing = undefined;
  }

  async function next(delay: number): Promise<string | undefined> {
    await sleep(delay, undefined, { signal: end.signal }).catch(() => undefined);
    return batch.take();
  }
}

// A traceback is shown as a whole, and a line that comes alone at once.
const GATHERING_MS = 100;
