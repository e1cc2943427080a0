import assert from "node:assert/strict";
import fc from "fast-check";
import { linesOf } from "../../../provider/kube/watch/lines.ts";

describe("linesOf", () => {
  it("gives the same lines wherever the bytes are cut, even inside a character", async () => {
    const text = fc.array(fc.string({ unit: "grapheme" }).map((line) => line.replace(/[\r\n]/g, "")));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat()), async (lines, cuts) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
        assert.deepEqual(await collect(cutAt(bytes, cuts)), lines.filter(Boolean).map(withoutByteOrderMark));
      }),
    );
  });

  it("gives a last line that has no end", async () => {
    assert.deepEqual(await collect([Buffer.from("one\ntw"), Buffer.from("o")]), ["one", "two"]);
  });

  it("takes carriage returns off the ends, and skips empty lines", async () => {
    assert.deepEqual(await collect([Buffer.from("one\r\n\r\n\ntwo\r\n")]), ["one", "two"]);
  });

  it("puts a line of many chunks together", async () => {
    const chunk = Buffer.alloc(1024, "x");
    assert.deepEqual(await collect([...Array(1000).fill(chunk), Buffer.from("\n")]), ["x".repeat(1024 * 1000)]);
  });
});

async function collect(chunks: readonly Uint8Array[]): Promise<string[]> {
  async function* stream() {
    yield* chunks;
  }
  const lines: string[] = [];
  for await (const line of linesOf(stream())) lines.push(line);
  return lines;
}

function cutAt(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

/** At the very start of a stream it is no part of the text. */
function withoutByteOrderMark(line: string, index: number): string {
  return index === 0 && line.startsWith("\uFEFF") ? line.slice(1) : line;
}
