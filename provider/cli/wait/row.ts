import { lineOf, type RunEvent } from "../../job/report.ts";

/** Where progress is shown: stderr. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Progress as lines: one for each change; on a terminal the last one is written anew as its time goes on. */
export class Row {
  readonly #subject: string;
  readonly #screen: Screen;
  readonly #rewrites: boolean;
  #last: string | undefined;

  constructor(subject: string, screen: Screen) {
    this.#subject = subject;
    this.#screen = screen;
    this.#rewrites = screen.isTTY === true && process.env.TERM !== "dumb";
  }

  show(event: RunEvent): void {
    const change = lineOf(timeless(event));
    const isNew = change !== this.#last;
    if (this.#rewrites) this.#rewrite(lineOf(event), isNew);
    else if (isNew) this.#screen.write(`${this.#subject}: ${change}\n`);
    this.#last = change;
  }

  /** Something else is written between two rows, on lines of its own. */
  aside(write: () => void): void {
    if (this.#rewrites && this.#last !== undefined) this.#screen.write(`\r${eraseToEnd}`);
    write();
    if (this.#rewrites) this.#last = undefined;
  }

  /** What is written next begins a line of its own. */
  end(): void {
    if (this.#rewrites && this.#last !== undefined) this.#screen.write("\n");
    this.#last = undefined;
  }

  #rewrite(line: string, isNew: boolean): void {
    const start = isNew && this.#last !== undefined ? "\n" : "\r";
    const { columns = 80 } = this.#screen;
    // A line that wraps could not be written over.
    this.#screen.write(`${start}${`${this.#subject}: ${line}`.slice(0, columns - 1)}${eraseToEnd}`);
  }
}

const eraseToEnd = "\u001b[K";

function timeless(event: RunEvent): RunEvent {
  if (event.kind !== "seen") return event;
  const { seconds: _, news, ...still } = event;
  // What a job that runs prints is no change.
  return news === undefined || event.verdict.state === "running" ? still : { ...still, news };
}
