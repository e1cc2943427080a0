import { readFile } from "node:fs/promises";
import { join } from "node:path";
import ignore, { type Ignore } from "ignore";
import { codeOf, unreadable } from "./packagingError.ts";

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
    return new IgnoreRules([patternList("", [...defaultExcludes, ...excludes])]);
  }

  /** The rules inside a directory, with those of the ignore files in it. `path` is empty for the packaged directory itself. */
  async inside(path: string, location: string, names: ReadonlySet<string>): Promise<IgnoreRules> {
    const present = ignoreFiles.filter((name) => names.has(name));
    if (present.length === 0) return this;
    const texts = await Promise.all(present.map((name) => textOf(join(location, name))));
    const lists = texts.filter((text) => text !== undefined).map((text) => patternList(path, text.split(/\r\n|\r|\n/)));
    return new IgnoreRules([...this.#lists, ...lists]);
  }

  /** Whether a path, relative to the packaged directory, is left out. */
  leavesOut(path: string): boolean {
    return this.#lists.some(({ base, patterns }) => patterns.ignores(path.slice(base.length)));
  }
}

interface PatternList {
  /** What the paths of the list are relative to: empty, or a path with a slash at its end. */
  readonly base: string;
  readonly patterns: Ignore;
}

function patternList(path: string, lines: readonly string[]): PatternList {
  const patterns = ignore({ ignorecase: false }).add(lines.map(asRayReads));
  return { base: path === "" ? "" : `${path}/`, patterns };
}

/**
 * Ray tests a directory without the slash at its end, so that `data/` matches what is in `data`, but not `data` itself: after
 * it `!data/small.csv` takes a file back, which git would not do.
 */
function asRayReads(line: string): string {
  const pattern = line.trim();
  if (pattern === "/" || !pattern.endsWith("/")) return pattern === "/" ? "" : pattern;
  const [, negation = "", body = ""] = /^(!?)(.*)\/$/s.exec(pattern) ?? [];
  return `${negation}${body.includes("/") ? "" : "**/"}${body}/**`;
}

/** The text of an ignore file; a directory of that name is none. */
async function textOf(location: string): Promise<string | undefined> {
  try {
    return await readFile(location, "utf8");
  } catch (error) {
    if (["EISDIR", "ENOENT"].includes(codeOf(error))) return undefined;
    throw unreadable(location, error);
  }
}
