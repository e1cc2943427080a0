import { LineSplitter } from "../connection/lineSplitter.ts";

/** The lines of a byte stream, without their ends. Characters and lines may be cut anywhere; a last line needs no end. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const lines = new LineSplitter();
  for await (const chunk of chunks) yield* contentsOf(lines.take(decoder.decode(chunk, { stream: true })));
  yield* contentsOf([...lines.take(decoder.decode()), lines.rest]);
}

function contentsOf(lines: readonly string[]): string[] {
  return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line)).filter((content) => content !== "");
}
