import assert from "node:assert/strict";
import { mock } from "node:test";
import { TimedOut, within } from "../../../provider/server/timeout.ts";

const limit = { seconds: 5, setting: "customTimeouts" };

describe("within", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));

  afterEach(() => mock.timers.reset());

  it("ends the work when the time is over, and names the setting", async () => {
    const working = within(limit, new AbortController().signal, aborted);
    mock.timers.tick(5_000);
    await assert.rejects(working, new TimedOut(5, "customTimeouts"));
  });

  it("ends the work when the outer signal does", async () => {
    const outer = new AbortController();
    const working = within(limit, outer.signal, aborted);
    outer.abort(new Error("enough"));
    await assert.rejects(working, /enough/);
  });

  it("leaves no timer behind when the work is done", async () => {
    const given = await within(limit, new AbortController().signal, async (signal) => signal);
    mock.timers.tick(10_000);
    assert.equal(given.aborted, false);
  });

  for (const seconds of [undefined, 0, 30 * 24 * 3600]) {
    it(`gives as long as it takes for ${seconds} s`, async () => {
      const outer = new AbortController();
      const working = within({ seconds, setting: "timeoutSeconds" }, outer.signal, aborted);
      mock.timers.tick(2 ** 31 - 1);
      outer.abort(new Error("it has been running all the time"));
      await assert.rejects(working, /all the time/);
    });
  }
});

async function aborted(signal: AbortSignal): Promise<never> {
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  throw signal.reason;
}
