import assert from "node:assert/strict";
import { secondsOf } from "../../../provider/cli/duration.ts";

const cases: readonly (readonly [text: string, seconds: number | undefined])[] = [
  ["600", 600],
  ["600s", 600],
  ["10m", 600],
  ["1h30m", 5400],
  ["1h0m5s", 3605],
  [" 2h ", 7200],
  ["", undefined],
  ["0", undefined],
  ["-5", undefined],
  ["1.5h", undefined],
  ["30m1h", undefined],
  ["5d", undefined],
  ["soon", undefined],
];

describe("a time on the command line", () => {
  for (const [text, seconds] of cases) {
    it(seconds === undefined ? `is not "${text}"` : `"${text}" is ${seconds} s`, () => {
      assert.equal(secondsOf(text), seconds);
    });
  }
});
