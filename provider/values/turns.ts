/** Does what is about the same thing one after the other, and what is about another thing meanwhile. */
export class Turns {
  /** The end of what was begun about each thing. */
  readonly #ends = new Map<string, Promise<void>>();

  /** Acts when all that was begun before about the thing is over, well or not. */
  async take<Result>(thing: string, act: () => Promise<Result>): Promise<Result> {
    const turn = this.over(thing).then(act);
    const end = turn.then(nothing, nothing);
    this.#ends.set(thing, end);
    try {
      return await turn;
    } finally {
      if (this.#ends.get(thing) === end) this.#ends.delete(thing);
    }
  }

  /** Resolves when all that was begun so far about the thing is over, well or not. */
  async over(thing: string): Promise<void> {
    await this.#ends.get(thing);
  }
}

function nothing(): void {}
