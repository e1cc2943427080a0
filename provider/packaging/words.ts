/** The first of the names, and how many more there are: `a.py, b.py, c.py and 4 more`. */
export function fewOf(names: readonly string[]): string {
  const shown = names.slice(0, mostShown).join(", ");
  return names.length > mostShown ? `${shown} and ${names.length - mostShown} more` : shown;
}

/** A number of files in words. */
export function filesOf(count: number): string {
  return `${count} ${count === 1 ? "file" : "files"}`;
}

/** A size in words, in the units of disks and networks. */
export function sizeOf(bytes: number): string {
  if (bytes < 1e3) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

const mostShown = 3;
