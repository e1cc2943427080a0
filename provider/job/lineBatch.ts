import { printedLines } from "./message.ts";

/**
 * What was printed in one moment, however many lines it is: the last lines, and how many were left out before them. Who shows
 * these texts may keep them all, as Pulumi's command line does, so that after very many lines there are to be few.
 */
export class LineBatch {
  readonly #allLines: string | undefined;
  #lines: string[] = [];
  #leftOut = 0;
  #given = 0;

  /** `allLines` is the command that prints them. */
  constructor(allLines?: string) {
    this.#allLines = allLines;
  }

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length < 2 * mostLines) return;
    this.#leftOut += mostLines;
    this.#lines = this.#lines.slice(-mostLines);
  }

  /** The lines as one text, and as such no more; undefined if there were none. */
  take(): string | undefined {
    const leftOut = this.#leftOut + Math.max(0, this.#lines.length - mostLines);
    const lines = this.#lines.slice(-mostLines);
    const seeThem = this.#isSparing && this.#allLines !== undefined ? `; see them with \`${this.#allLines}\`` : "";
    this.#lines = [];
    this.#leftOut = 0;
    this.#given += lines.length;
    if (lines.length === 0) return undefined;
    return [...(leftOut > 0 ? [`(${counted(leftOut)} left out${seeThem})`] : []), ...lines.map(shown)].join("\n");
  }

  /** How long to collect lines before the next text is taken. */
  get restMilliseconds(): number {
    return this.#isSparing ? 60_000 : 1_000;
  }

  get #isSparing(): boolean {
    return this.#given >= mostLinesAtOnce;
  }
}

const mostLines = 50;
const mostLinesAtOnce = 10_000;

function counted(lines: number): string {
  return lines === 1 ? "1 line" : `${lines.toLocaleString("en")} lines`;
}

function shown(line: string): string {
  return printedLines(line).join("");
}
