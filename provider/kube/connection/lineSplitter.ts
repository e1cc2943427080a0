/** Text that comes in pieces, as lines without their ends. Of a line that is too long the beginning is kept. */
export class LineSplitter {
  readonly #longest: number;
  // Kept in pieces: joining a long line anew at each of its chunks would be quadratic.
  #begun: string[] = [];
  #length = 0;

  constructor(longest = Number.POSITIVE_INFINITY) {
    this.#longest = longest;
  }

  /** The lines that end in this piece. */
  take(text: string): string[] {
    const [first = "", ...others] = text.split("\n");
    this.#append(first);
    return others.map((other) => {
      const line = this.rest;
      this.#begun = [];
      this.#length = 0;
      this.#append(other);
      return line;
    });
  }

  /** What has come of a line that has no end yet. */
  get rest(): string {
    return this.#begun.join("");
  }

  #append(piece: string): void {
    const kept = piece.slice(0, Math.max(0, this.#longest - this.#length));
    this.#begun.push(kept);
    this.#length += kept.length;
  }
}
