import { printedLines } from "./message.ts";

/** What was printed in one moment, however many lines it is: the last lines, and how many were left out before them. */
export class LineBatch {
  #lines: string[] = [];
  #leftOut = 0;

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
    this.#lines = [];
    this.#leftOut = 0;
    if (lines.length === 0) return undefined;
    return [...(leftOut > 0 ? [`(${counted(leftOut)} left out)`] : []), ...lines.map(shown)].join("\n");
  }
}

const mostLines = 50;

function counted(lines: number): string {
  return lines === 1 ? "1 line" : `${lines.toLocaleString("en")} lines`;
}

function shown(line: string): string {
  return printedLines(line).join("");
}
