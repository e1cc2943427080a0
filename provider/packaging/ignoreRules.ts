import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reversedRange } from "./failures/directory.ts";
import { unreadable } from "./failures/reading.ts";
import { codeOf, quoted } from "./packagingError.ts";
import { type RayPattern, rayPattern } from "./rayPattern.ts";

/** What Ray leaves out unless it is told otherwise (`!venv` among the excludes takes it in again). */
export const defaultExcludes = [".git", ".venv", "venv", "__pycache__"] as const;

/** The files whose patterns hold in the directory they lie in, and below. */
export const ignoreFiles = [".gitignore", ".rayignore"] as const;

/**
 * Which paths are left out, decided as Ray decides it (`_dir_travel` in ray/_private/runtime_env/packaging.py): the
 * default excludes and the user's are one list; every ignore file is another; what any of them matches is left out, so
 * that a `!pattern` only takes back what its own list leaves out; what lies in a directory that is left out is not looked at.
 */
export class IgnoreRules {
  readonly #lists: readonly PatternList[];

  private constructor(lists: readonly PatternList[]) {
    this.#lists = lists;
  }

  static of(excludes: readonly string[]): IgnoreRules {
    return new IgnoreRules([new PatternList("", [...defaultExcludes, ...excludes], "`excludes`")]);
  }

  /** The rules inside a directory, with those of the ignore files in it. `path` is empty for the packaged directory itself. */
  inside(path: string, location: string, names: ReadonlySet<string>): IgnoreRules {
    const lists = ignoreFiles.flatMap((name) => {
      const text = names.has(name) ? textOf(join(location, name)) : undefined;
      if (text === undefined) return [];
      const base = path === "" ? "" : `${path}/`;
      return [new PatternList(base, text.split(/\r\n|\r|\n/), quoted(join(location, name)))];
    });
    return lists.length === 0 ? this : new IgnoreRules([...this.#lists, ...lists]);
  }

  /** Whether a path, relative to the packaged directory, is left out. */
  leavesOut(path: string, name = path.slice(path.lastIndexOf("/") + 1)): boolean {
    for (const list of this.#lists) if (list.leavesOut(path, name)) return true;
    return false;
  }

  /** Whether all that is in a directory is left out, whatever it is called: then nobody needs to look. */
  leavesOutAllIn(path: string): boolean {
    return this.#lists.some((list) => list.leavesOutAllIn(path));
  }
}

class PatternList {
  /** What the paths of the list are relative to: empty, or a path with a slash at its end. */
  readonly #base: string;
  /** From the last to the first: the last that matches decides. */
  readonly #patterns: readonly RayPattern[];
  /** Most patterns of most lists are such, and with nothing taken back their order does not matter. */
  readonly #names: ReadonlySet<string>;
  readonly #hasNegation: boolean;

  constructor(base: string, lines: readonly string[], source: string) {
    const patterns = lines.map((line) => patternOf(line, source)).filter((pattern) => pattern !== undefined);
    this.#base = base;
    this.#hasNegation = patterns.some(({ negated }) => negated);
    const names = this.#hasNegation ? [] : patterns.map(({ name }) => name).filter((name) => name !== undefined);
    this.#names = new Set(names);
    this.#patterns = patterns.filter(({ name }) => name === undefined || this.#hasNegation).toReversed();
  }

  leavesOut(path: string, name: string): boolean {
    if (this.#names.has(name)) return true;
    const relative = path.slice(this.#base.length);
    for (const { isOfNames, expression, negated } of this.#patterns) {
      if (expression.test(isOfNames ? name : relative)) return !negated;
    }
    return false;
  }

  leavesOutAllIn(path: string): boolean {
    if (this.#hasNegation) return false;
    const inside = `${path.slice(this.#base.length)}/`;
    return this.#patterns.some(({ isOfContents, expression }) => isOfContents && expression.test(inside));
  }
}

function patternOf(line: string, source: string): RayPattern | undefined {
  try {
    return rayPattern(line);
  } catch (error) {
    throw reversedRange(line.trim(), source, error);
  }
}

/** The text of an ignore file; a directory of that name is none. */
function textOf(location: string): string | undefined {
  try {
    return readFileSync(location, "utf8");
  } catch (error) {
    if (["EISDIR", "ENOENT", "ELOOP"].includes(codeOf(error))) return undefined;
    throw unreadable(location, error);
  }
}
