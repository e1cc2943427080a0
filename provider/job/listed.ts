/** Names as people list them, each quoted: `"a"`, `"a" and "b"`, `"a", "b", "c" and 4 more`. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostShown).map((name) => `"${name}"`);
  const hidden = names.length - shown.length;
  const parts = hidden > 0 ? [...shown, `${hidden} more`] : shown;
  const last = parts.at(-1) ?? "";
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${last}` : last;
}

const mostShown = 3;
