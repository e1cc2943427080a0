import assert from "node:assert/strict";
import { endedLinesOf, logLines } from "../../../../provider/kube/logs/endedLines.ts";

describe("endedLinesOf", () => {
  it("gives whole lines, cut anywhere, and none without an end", async () => {
    const bytes = new TextEncoder().encode("één\n\ntwee\nhal");
    const lines: string[] = [];
    for await (const line of endedLinesOf(each([...bytes].map((byte) => Uint8Array.of(byte))))) lines.push(line);
    assert.deepEqual(lines, ["één", "", "twee"]);
  });

  it("keeps no more of a line than can be shown", () => {
    const lines = logLines();
    for (let count = 0; count < 50; count += 1) assert.deepEqual(lines.take("x".repeat(10_000)), []);
    assert.deepEqual(lines.take("y\nz\n"), ["x".repeat(100_000), "z"]);
  });
});

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
