import assert from "node:assert/strict";
import { LineBatch } from "../../../provider/job/lineBatch.ts";

describe("LineBatch", () => {
  it("gives its lines as one text, once", () => {
    const batch = batchOf(["one", "", "two"]);
    assert.equal(batch.take(), "one\n\ntwo");
    assert.equal(batch.take(), undefined);
  });

  for (const count of [51, 99, 100, 101, 12_345]) {
    it(`of ${count} lines keeps the last 50, and says how many it has left out`, () => {
      const lines = Array.from({ length: count }, (_, index) => `line ${index}`);
      const leftOut = count === 51 ? "(1 line left out)" : `(${(count - 50).toLocaleString("en")} lines left out)`;
      assert.equal(batchOf(lines).take(), [leftOut, ...lines.slice(-50)].join("\n"));
    });
  }

  it("cuts a line that nobody would read to its end", () => {
    assert.equal(batchOf(["x".repeat(100_000)]).take(), `${"x".repeat(2_000)}…`);
  });
});

function batchOf(lines: readonly string[]): LineBatch {
  const batch = new LineBatch();
  for (const line of lines) batch.add(line);
  return batch;
}
