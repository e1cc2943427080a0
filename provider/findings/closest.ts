/** `Did you mean "x"?` where one of the names is close to what was written, else all of them. */
export function suggestionOf(written: string, names: readonly string[]): string {
  const closest = closestOf(written, names);
  return closest === undefined
    ? `Use one of ${names.map((name) => `"${name}"`).join(", ")}`
    : `Did you mean "${closest}"?`;
}

/** The name that was probably meant: at most a third of it is mistyped. */
export function closestOf(written: string, names: readonly string[]): string | undefined {
  const distances = names.map((name) => [name, distanceOf(written.toLowerCase(), name.toLowerCase())] as const);
  const [closest] = distances.sort(([, a], [, b]) => a - b);
  return closest !== undefined && closest[1] <= Math.ceil(closest[0].length / 3) ? closest[0] : undefined;
}

/** Levenshtein: the insertions, deletions and replacements that turn one text into the other. */
function distanceOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
