import { setTimeout as sleep } from "node:timers/promises";
import { Moment } from "../../job/moment.ts";

/**
 * Shows lines as they come, those of one moment in one text and at most one text a second. Done when all are shown; gives
 * how many there were.
 */
export async function streamLog(lines: AsyncIterable<string>, show: (text: string) => Promise<void>): Promise<number> {
  const moment = new Moment();
  const end = new AbortController();
  let count = 0;
  let showing: Promise<void> | undefined;
  for await (const line of lines) {
    moment.add(line);
    count += 1;
    showing ??= showAll();
  }
  end.abort();
  await showing;
  return count;

  async function showAll(): Promise<void> {
    for (let text = await next(GATHERING_MS); text !== undefined; text = await next(REST_MS)) await show(text);
    showing = undefined;
  }

  async function next(delay: number): Promise<string | undefined> {
    await sleep(delay, undefined, { signal: end.signal }).catch(() => undefined);
    return moment.take();
  }
}

// A traceback is shown as a whole, and a line that comes alone at once.
const GATHERING_MS = 100;
const REST_MS = 1_000;
