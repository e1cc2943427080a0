import { closestOf } from "../../findings/closest.ts";
import { ignoredFile, missingFile } from "../warnings.ts";

/**
 * Of the files that ought to be in a package, a sentence for each that is not. `a/b.py|a/b/__main__.py` is one of the two, and
 * is not missed where `a` is no Python package among the files: then it may be installed.
 */
export function missingFiles(
  expected: readonly string[],
  paths: readonly string[],
  isLeftOut: (path: string) => boolean = () => false,
): string[] {
  const present = new Set(paths);
  return expected.flatMap((entry) => {
    const alternatives = entry.split("|");
    const [wanted = ""] = alternatives;
    const isInstalled = alternatives.length > 1 && !present.has(`${wanted.split("/")[0]}/__init__.py`);
    if (isInstalled || alternatives.some((path) => present.has(path))) return [];
    const leftOut = alternatives.find(isLeftOut);
    return [leftOut === undefined ? missingFile(alternatives, likeliest(wanted, paths)) : ignoredFile(leftOut)];
  });
}

/** A file of the same name elsewhere, or else of a name that is written nearly so. */
function likeliest(wanted: string, paths: readonly string[]): string | undefined {
  const name = `/${nameOf(wanted)}`;
  return paths.find((path) => `/${path}`.endsWith(name)) ?? closestOf(wanted, paths.slice(0, mostCompared));
}

function nameOf(path: string): string {
  return path.split("/").at(-1) ?? path;
}

// Comparing names takes its time.
const mostCompared = 2_000;
