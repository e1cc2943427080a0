/** The lines of a byte stream, without their ends. Characters and lines may be cut anywhere; a last line needs no end. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  // Kept in pieces: joining a long line anew at each of its chunks would be quadratic.
  let pieces: string[] = [];
  for await (const chunk of chunks) {
    const [first = "", ...others] = decoder.decode(chunk, { stream: true }).split("\n");
    pieces.push(first);
    for (const other of others) {
      yield* lineOf(pieces);
      pieces = [other];
    }
  }
  pieces.push(decoder.decode());
  yield* lineOf(pieces);
}

function* lineOf(pieces: readonly string[]): Generator<string> {
  const line = pieces.join("");
  const content = line.endsWith("\r") ? line.slice(0, -1) : line;
  if (content) yield content;
}
