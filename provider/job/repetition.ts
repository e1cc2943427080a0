import { createHash } from "node:crypto";

/**
 * Tells lines that were there before from new ones. A submission that is tried again prints the job's log from its
 * beginning; one that had never got to Ray has printed something else.
 */
export class Repetition {
  readonly #known: string[] = [];
  #run: string | undefined;
  /** How many lines of the run there have been, and where among them the present log is. */
  #count = 0;
  #position = 0;

  /** Another log begins, of this run of the job. */
  begin(run: string): void {
    if (run !== this.#run) this.#forgetFrom(0);
    this.#run = run;
    this.#position = 0;
  }

  isNew(line: string): boolean {
    const mark = createHash("sha1").update(line).digest("base64url");
    const isOld = this.#position < this.#count && (this.#known[this.#position] ?? mark) === mark;
    if (!isOld) {
      this.#forgetFrom(this.#position);
      if (this.#position < mostKnown) this.#known.push(mark);
      this.#count += 1;
    }
    this.#position += 1;
    return !isOld;
  }

  #forgetFrom(position: number): void {
    this.#known.length = Math.min(this.#known.length, position);
    this.#count = position;
  }
}

// Logs that begin with so many equal lines are one log.
const mostKnown = 1_000;
