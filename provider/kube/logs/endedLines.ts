import { LineSplitter } from "../connection/lineSplitter.ts";

/**
 * The lines of a log as it comes, without their ends. One that has no end is not among them: its connection may have broken.
 * What is too long to be read is cut.
 */
export async function* endedLinesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const lines = logLines();
  for await (const chunk of chunks) yield* lines.take(decoder.decode(chunk, { stream: true }));
}

/** The same for text that comes in pieces. */
export function logLines(): LineSplitter {
  return new LineSplitter(longestLine);
}

const longestLine = 100_000;
