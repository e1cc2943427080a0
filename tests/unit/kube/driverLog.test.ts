import assert from "node:assert/strict";
import { printedLines } from "../../../provider/kube/pods/driverLog.ts";

describe("printedLines", () => {
  it("takes away colours and cursor movements", () => {
    assert.deepEqual(printedLines("\u001b[36m(train pid=7)\u001b[0m loss 0.1\n\u001b[2Kdone\n"), [
      "(train pid=7) loss 0.1",
      "done",
    ]);
  });

  it("keeps of a progress bar what it showed last", () => {
    assert.deepEqual(printedLines("10%\r55%\r100%\nend\r\n"), ["100%", "end"]);
  });

  it("cuts lines that are very long", () => {
    assert.equal(printedLines("x".repeat(100_000))[0]?.length, 2_001);
  });

  it("gives nothing for an empty log", () => {
    assert.deepEqual(printedLines(""), []);
    assert.deepEqual(printedLines("\n\n"), []);
  });
});
