import { setTimeout as pause } from "node:timers/promises";

/** What `look` gives, as soon as it gives something. The deadline is only there for a test that fails. */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | undefined | false>,
  { everyMilliseconds = 200, deadlineSeconds = 240 } = {},
): Promise<Found> {
  const deadline = Date.now() + deadlineSeconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}, ${deadlineSeconds} s`);
    await pause(everyMilliseconds);
  }
}
