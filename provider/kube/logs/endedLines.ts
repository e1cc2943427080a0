/**
 * The lines of a log as it comes, without their ends. One that has no end is not among them: its connection may have broken.
 * What is too long to be read is cut.
 */
export async function* endedLinesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const lines = new EndedLines();
  for await (const chunk of chunks) yield* lines.take(decoder.decode(chunk, { stream: true }));
}

/** The same for text that comes in pieces. */
export class EndedLines {
  #begun: string[] = [];
  #length = 0;

  take(text: string): string[] {
    const [first = "", ...others] = text.split("\n");
    this.#append(first);
    return others.map((other) => {
      const line = this.#begun.join("");
      this.#begun = [];
      this.#length = 0;
      this.#append(other);
      return line;
    });
  }

  #append(piece: string): void {
    const kept = piece.slice(0, Math.max(0, longestLine - this.#length));
    this.#begun.push(kept);
    this.#length += kept.length;
  }
}

const longestLine = 100_000;
