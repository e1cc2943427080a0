import { aTree, type Tree } from "./aTree.ts";

/** A tree, its ignore files and excludes, and what Ray 2.60.0 packages of it: tests/oracle asks Ray itself. */
export interface RayCase {
  readonly because: string;
  readonly ignoreFiles?: Readonly<Record<string, readonly string[]>>;
  readonly excludes?: readonly string[];
  readonly files: readonly string[];
  readonly packaged: readonly string[];
}

export const rayCases: readonly RayCase[] = [
  {
    because: "Git's own folder, virtual environments and compiled Python are never wanted, at any depth",
    files: [".git/HEAD", ".venv/x", "venv/x", "__pycache__/x", "src/__pycache__/x", "src/.git", "src/a.py"],
    packaged: ["src/a.py"],
  },
  {
    because: "an ignore file is a file like any other",
    ignoreFiles: { ".gitignore": ["*.log"], ".rayignore": ["*.csv"] },
    files: ["a.log", "b.csv", "c.py"],
    packaged: [".gitignore", ".rayignore", "c.py"],
  },
  {
    because: "an ignore file speaks of its own directory and what is below",
    ignoreFiles: { "src/.gitignore": ["*.log", "/only-here"] },
    files: ["a.log", "src/a.log", "src/deep/a.log", "src/only-here", "src/deep/only-here", "only-here"],
    packaged: ["a.log", "only-here", "src/.gitignore", "src/deep/only-here"],
  },
  {
    because: "a pattern with a slash in it starts at its own directory, one without matches at any depth",
    excludes: ["logs", "a/b", "/top"],
    files: ["logs/x", "src/logs/x", "a/b/x", "src/a/b/x", "top/x", "src/top/x"],
    packaged: ["src/a/b/x", "src/top/x"],
  },
  {
    because: "a slash at the end is for directories",
    excludes: ["data/"],
    files: ["data/x", "src/data/x", "other/data"],
    packaged: ["other/data"],
  },
  {
    because: "a directory that is named with a slash can be taken back in part, which git would not do",
    excludes: ["data/", "!data/small.csv"],
    files: ["data/small.csv", "data/large.csv"],
    packaged: ["data/small.csv"],
  },
  {
    because: "one that is named without a slash is not looked into",
    excludes: ["data", "!data/small.csv"],
    files: ["data/small.csv", "train.py"],
    packaged: ["train.py"],
  },
  {
    because: "what is in a directory can be taken back one by one",
    excludes: ["data/*", "!data/small.csv"],
    files: ["data/small.csv", "data/large.csv", "data/more/small.csv"],
    packaged: ["data/small.csv"],
  },
  {
    because: "a list takes back only what it leaves out itself: .rayignore cannot undo .gitignore",
    ignoreFiles: { ".gitignore": ["*.bin"], ".rayignore": ["!model.bin"] },
    files: ["model.bin", "train.py"],
    packaged: [".gitignore", ".rayignore", "train.py"],
  },
  {
    because: "nor can an ignore file further down undo one further up",
    ignoreFiles: { ".gitignore": ["*.bin"], "models/.gitignore": ["!*.bin"] },
    files: ["models/a.bin", "models/a.py"],
    packaged: [".gitignore", "models/.gitignore", "models/a.py"],
  },
  {
    because: "the user's excludes are one list with the defaults, so that they can undo these",
    excludes: ["!venv", "!venv/**"],
    files: ["venv/x", ".venv/x", "a.py"],
    packaged: ["a.py", "venv/x"],
  },
  {
    because: "the last pattern that matches decides",
    excludes: ["*.py", "!train.py", "train.py"],
    files: ["train.py", "a.py", "a.txt"],
    packaged: ["a.txt"],
  },
  {
    because: "upper and lower case are not the same",
    excludes: ["build"],
    files: ["build/x", "Build/x", "BUILD"],
    packaged: ["BUILD", "Build/x"],
  },
  {
    because: "two asterisks are any number of directories",
    excludes: ["**/tmp", "a/**/z", "out/**"],
    files: ["tmp/x", "b/tmp/x", "a/z", "a/b/c/z", "out/x", "out/deep/x", "z"],
    packaged: ["z"],
  },
  {
    because: "one asterisk does not reach over a slash, a question mark is one character, brackets are a choice",
    excludes: ["/a*c", "?.txt", "[xy].py", "[!k]eep"],
    files: ["abc", "a/c", "1.txt", "12.txt", "x.py", "z.py", "keep", "beep"],
    packaged: ["12.txt", "a/c", "keep", "z.py"],
  },
  {
    because: "comments, empty lines and spaces around a pattern mean nothing; a backslash takes a character literally",
    ignoreFiles: { ".gitignore": ["# *.py", "", "  spaced  ", "\\#hash", "\\!bang", "/"] },
    files: ["a.py", "spaced", "#hash", "!bang"],
    packaged: [".gitignore", "a.py"],
  },
  {
    because: "lines may end as on Windows",
    ignoreFiles: { ".gitignore": ["*.log\r", "*.csv\r"] },
    files: ["a.log", "b.csv", "c.py"],
    packaged: [".gitignore", "c.py"],
  },
];

/** Where Ray is not followed, and what it does instead. */
export const otherCases: readonly (RayCase & { readonly ray: readonly string[] })[] = [
  {
    because: "a pattern is about what lies in a directory: Ray also tests the directory itself, as '.', and drops all",
    ignoreFiles: { ".gitignore": [".*", "!.gitignore"] },
    files: [".env", "a.py"],
    packaged: [".gitignore", "a.py"],
    ray: [],
  },
  {
    because: "nothing but some is said in this way in many projects: Ray again drops all",
    excludes: ["/*", "!/src", "!*.py"],
    files: ["a.py", "b.txt", "src/b.txt", "other/a.py"],
    packaged: ["a.py", "src/b.txt"],
    ray: [],
  },
  {
    because: "who takes a directory back wants what is in it: Ray takes it back empty",
    excludes: ["!venv"],
    files: ["venv/x", "a.py"],
    packaged: ["a.py", "venv/x"],
    ray: ["a.py"],
  },
];

/** The directory that a case is about. */
export function casesTree({ files, ignoreFiles = {} }: RayCase): Promise<Tree> {
  return aTree({
    ...Object.fromEntries(files.map((path) => [path, ""])),
    ...Object.fromEntries(Object.entries(ignoreFiles).map(([path, lines]) => [path, `${lines.join("\n")}\n`])),
  });
}
