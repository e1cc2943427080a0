import assert from "node:assert/strict";
import fc from "fast-check";
import { LineBatch } from "../../../provider/job/lineBatch.ts";

const command = "kubectl -n ml logs job/train";

describe("LineBatch", () => {
  it("gives its lines as one text, once", () => {
    const batch = batchOf(["one", "", "two"]);
    assert.equal(batch.take(), "one\n\ntwo");
    assert.equal(batch.take(), undefined);
  });

  for (const count of [51, 99, 100, 101, 12_345]) {
    it(`of ${count} lines keeps the last 50, and says how many it has left out`, () => {
      const lines = linesOf(count);
      const leftOut = count === 51 ? "(1 line left out)" : `(${(count - 50).toLocaleString("en")} lines left out)`;
      assert.equal(batchOf(lines).take(), [leftOut, ...lines.slice(-50)].join("\n"));
    });
  }

  it("wants a text a second until it has given 10,000 lines, then one a minute", () => {
    const batch = new LineBatch();
    for (let text = 1; text <= 200; text += 1) {
      assert.equal(batch.restMilliseconds, 1_000, `after ${text - 1} texts`);
      for (const line of linesOf(50)) batch.add(line);
      batch.take();
    }
    assert.equal(batch.restMilliseconds, 60_000);
  });

  it("names the command that prints all lines from then on, where it leaves some out", () => {
    const batch = new LineBatch(command);
    for (let text = 1; text <= 201; text += 1) {
      for (const line of linesOf(60)) batch.add(line);
      const [first] = batch.take()?.split("\n") ?? [];
      assert.equal(first, text <= 200 ? "(10 lines left out)" : `(10 lines left out; see them with \`${command}\`)`);
    }
    batch.add("one");
    assert.equal(batch.take(), "one");
  });

  it("however fast and long a job prints, gives 10,049 lines and 50 a minute at most, each line or that it is left out, and the last", () => {
    const moments = fc.array(fc.record({ lines: fc.nat(120), pause: fc.nat(30_000) }), { maxLength: 600, size: "max" });
    fc.assert(
      fc.property(moments, (printed) => {
        const { texts, total, milliseconds } = shownOf(printed);
        const left = texts.flatMap((text) => /^\(([\d,]+) lines? left out/.exec(text)?.[1]?.replaceAll(",", "") ?? []);
        const given = texts
          .join("\n")
          .split("\n")
          .filter((line) => line.startsWith("line "));
        assert.equal(given.length + left.reduce((sum, count) => sum + Number(count), 0), total);
        assert(given.length <= 10_049 + 50 * (milliseconds / 60_000 + 2), `${given.length} in ${milliseconds} ms`);
        assert.equal(given.at(-1), total > 0 ? `line ${total}` : undefined);
      }),
      { numRuns: 50 },
    );
  });

  it("cuts a line that nobody would read to its end", () => {
    assert.equal(batchOf(["x".repeat(100_000)]).take(), `${"x".repeat(2_000)}…`);
  });
});

/** What is shown of a job that prints so many lines at once, after such pauses: a text as soon as the batch wants one. */
function shownOf(printed: readonly { readonly lines: number; readonly pause: number }[]) {
  const batch = new LineBatch(command);
  const texts: string[] = [];
  let [now, free, total] = [0, 0, 0];
  const take = () => {
    const text = batch.take();
    if (text === undefined) return;
    texts.push(text);
    free = now + batch.restMilliseconds;
  };
  for (const { lines, pause } of printed) {
    now += pause;
    for (let line = 1; line <= lines; line += 1) batch.add(`line ${total + line}`);
    total += lines;
    if (now >= free) take();
  }
  take();
  return { texts, total, milliseconds: now };
}

function linesOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `line ${index}`);
}

function batchOf(lines: readonly string[]): LineBatch {
  const batch = new LineBatch();
  for (const line of lines) batch.add(line);
  return batch;
}
