import assert from "node:assert/strict";
import { findingLine } from "../../../provider/cli/findingLine.ts";
import { UnreadableError } from "../../../provider/cli/source.ts";

describe("the line of a finding", () => {
  const spot = { file: "jobs/my  job.yaml", line: 3, column: 5 };

  it("has the place first, and its spaces as they are", () => {
    const line = findingLine(spot, ["spec", "jobId"], "error", 'There is no "a  b"');
    assert.equal(line, 'jobs/my  job.yaml:3:5: error: spec.jobId: There is no "a  b"\n');
  });

  for (const end of [
    "\n",
    "\r",
    "\r\n",
    " \u0085",
    "\u2028",
    "\u2029\t",
    "\v",
    "\f",
    "\u001b[2K",
    "\u009b",
    "\u007f",
  ]) {
    it(`is one line, whatever has ${JSON.stringify(end)} in it`, () => {
      const text = `a${end}::error::b`;
      const line = findingLine({ ...spot, file: text }, ["labels", text], "warning", `Cannot take "${text}"`);
      assert.match(line, /^a [^\p{Cc}\p{Zl}\p{Zp}]*::error::b:3:5: warning: labels\[[^\p{Cc}\p{Zl}\p{Zp}]*\n$/u);
      assert.doesNotMatch(new UnreadableError(text).message, /[\p{Cc}\p{Zl}\p{Zp}]/u);
    });
  }
});
