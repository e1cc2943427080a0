import { closestOf } from "../../findings/closest.ts";

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
    const isInstalled = alternatives.length > 1 && !present.has(`${alternatives[0]?.split("/")[0]}/__init__.py`);
    if (isInstalled || alternatives.some((path) => present.has(path))) return [];
    const leftOut = alternatives.find(isLeftOut);
    return [leftOut === undefined ? sentenceOf(alternatives, paths) : `"${leftOut}" ${isIgnored}`];
  });
}

function sentenceOf(alternatives: readonly string[], paths: readonly string[]): string {
  const [wanted = ""] = alternatives;
  const meant = likeliest(wanted, paths);
  const hint = meant === undefined ? "Add it, or correct the job's `entrypoint`" : `Did you mean "${meant}"?`;
  return `${alternatives.map((path) => `"${path}"`).join(" or ")} is not in the package. ${hint}`;
}

const isIgnored = "is not in the package: .gitignore, .rayignore, `excludes` or a default of Ray's leaves it out";

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
