/** One line of the table: this package beside what else there is, in the same run on the same machine. */
export interface Comparison {
  readonly measure: string;
  readonly ours: string;
  readonly beside: string;
  readonly ratio: string;
  readonly goal: string;
}

/** Prints the comparisons if the bench was started alone; `npm run bench` prints those of all. */
export async function runAlone(file: string, measure: () => Promise<readonly Comparison[]>): Promise<void> {
  if (process.argv[1] === file) print(await measure());
}

export function print(comparisons: readonly Comparison[]): void {
  const rows = [headings, ...comparisons];
  const columns = Object.keys(headings) as (keyof Comparison)[];
  const widths = columns.map((column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    console.log(
      columns
        .map((column, index) => row[column].padEnd(widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
}

const headings = { measure: "measure", ours: "this package", beside: "beside", ratio: "ratio", goal: "goal" };

/** The value below which so many percent of the values are. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

export function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}
