import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { LineBatch } from "../../../provider/job/lineBatch.ts";
import { streamLog } from "../../../provider/resources/rayJob/streamLog.ts";
import { unheededDuring } from "../../support/unheeded.ts";
import { until } from "../../support/until.ts";

describe("streamLog", () => {
  it("shows the lines of one moment in one text, and of a flood the last ones", async () => {
    const shown: string[] = [];
    await streamLog(lines(10_000), new LineBatch(), async (text) => void shown.push(text));
    assert.equal(shown.length, 1);
    assert.match(shown[0] ?? "", /^\(9,950 lines left out\)\nline 9951\n(.*\n)*line 10000$/);
  });

  it("shows one text after the other, and is done when the last is shown", async () => {
    const shown: string[] = [];
    let isShowing = false;
    let resume = () => {};
    async function* inTwoMoments() {
      const first = new Promise<void>((resolve) => {
        resume = resolve;
      });
      yield "one";
      await first;
      yield "two";
    }
    await streamLog(inTwoMoments(), new LineBatch(), async (text) => {
      assert(!isShowing);
      isShowing = true;
      resume();
      await new Promise(setImmediate);
      isShowing = false;
      shown.push(text);
    });
    assert.deepEqual(shown, ["one", "two"]);
  });

  it("after very many lines shows those of a minute together, and at its end what there is without waiting", async () => {
    const batch = new LineBatch();
    for (let text = 1; text <= 200; text += 1) {
      for (let line = 1; line <= 50; line += 1) batch.add("before");
      batch.take();
    }
    const shown: string[] = [];
    async function* slowly() {
      yield "one";
      await until("the first text", async () => shown.length === 1, { everyMilliseconds: 5 });
      yield "two";
      await sleep(1_500); // a second is how long a text waits otherwise
      yield "three";
    }
    await streamLog(slowly(), batch, async (text) => void shown.push(text));
    assert.deepEqual(shown, ["one", "two\nthree"]);
  });

  it("shows nothing of an empty log", async () => {
    await streamLog(lines(0), new LineBatch(), () => assert.fail());
  });

  it("throws what kept a text from being shown, but only when there are no more lines", async () => {
    const unheeded = await unheededDuring(async () => {
      let fail = () => {};
      const failed = new Promise<void>((resolve) => {
        fail = resolve;
      });
      async function* untilItFails() {
        yield "one";
        await failed;
        await new Promise(setImmediate);
        await new Promise(setImmediate);
      }
      const showing = streamLog(untilItFails(), new LineBatch(), async () => {
        fail();
        throw new Error("no screen");
      });
      await assert.rejects(showing, { message: "no screen" });
    });
    assert.deepEqual(unheeded, []);
  });
});

async function* lines(count: number): AsyncGenerator<string> {
  for (let line = 1; line <= count; line += 1) yield `line ${line}`;
}
