import assert from "node:assert/strict";
import { Moment } from "../../../provider/job/moment.ts";

describe("Moment", () => {
  it("gives its lines as one text, once", () => {
    const moment = momentOf(["one", "", "two"]);
    assert.equal(moment.take(), "one\n\ntwo");
    assert.equal(moment.take(), undefined);
  });

  for (const count of [51, 99, 100, 101, 12_345]) {
    it(`of ${count} lines keeps the last 50, and says how many it has left out`, () => {
      const lines = Array.from({ length: count }, (_, index) => `line ${index}`);
      const leftOut = count === 51 ? "(1 line left out)" : `(${(count - 50).toLocaleString("en")} lines left out)`;
      assert.equal(momentOf(lines).take(), [leftOut, ...lines.slice(-50)].join("\n"));
    });
  }

  it("cuts a line that nobody would read to its end", () => {
    assert.equal(momentOf(["x".repeat(100_000)]).take(), `${"x".repeat(2_000)}…`);
  });
});

function momentOf(lines: readonly string[]): Moment {
  const moment = new Moment();
  for (const line of lines) moment.add(line);
  return moment;
}
