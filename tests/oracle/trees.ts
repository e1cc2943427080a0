import fc from "fast-check";

/** A random directory, full of what patterns may get wrong. */
export interface RandomTree {
  readonly files: readonly RandomFile[];
  readonly emptyDirectories: readonly string[];
  readonly links: readonly RandomLink[];
  readonly ignoreFiles: readonly { readonly path: string; readonly lines: readonly string[] }[];
  readonly excludes: readonly string[];
}

interface RandomFile {
  readonly path: string;
  readonly content: string;
  readonly executable: boolean;
}

interface RandomLink {
  readonly path: string;
  readonly target: string;
}

// Few names, so that patterns match some of them.
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("a", "b", "ab", "abc", "data", "x.py", "y.py", "x.log", "a.b") },
  { weight: 2, arbitrary: fc.constantFrom(".git", "venv", ".venv", "__pycache__", "Data", ".env", "a b") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "#a",
      "!a",
      "[a]",
      "a]",
      "^a",
      "a-",
      "é",
      "あ",
      "😀",
      "*",
      "a*",
      "(a|b)",
      "$a",
      "a\r",
      "\u001b",
    ),
  },
);

const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));

const bracket = fc.constantFrom(
  "[ab]",
  "[!a]",
  "[^a]",
  "[]a]",
  "[!]a]",
  "[a-c]",
  "[!a-c]",
  "[\\a]",
  "[a",
  "[]",
  "[!]",
  "[a-]",
  "[*?]",
  "[é😀]",
);
const wildcard = fc.constantFrom(
  "*",
  "**",
  "***",
  "?",
  "*.py",
  "a*",
  "*a",
  "a?",
  "?.*",
  "a**b",
  ".*",
  "\\*",
  "\\a",
  "a\\",
  "\\#a",
  "\\!a",
  ".",
  "..",
);
const segment = fc.oneof(
  { weight: 6, arbitrary: name },
  { weight: 3, arbitrary: wildcard },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("", "a", "*"), bracket, fc.constantFrom("", "b", "*", bracket))
      .map(([a, b, c]) => `${a}${b}${String(c)}`),
  },
);

const body = fc
  .record({
    front: fc.constantFrom("", "", "", "/", "**/", "//"),
    segments: fc.array(segment, { minLength: 1, maxLength: 3 }),
    between: fc.constantFrom("/", "/", "/", "/**/", "//"),
    behind: fc.constantFrom("", "", "", "/", "/*", "/**", "//"),
  })
  .map(({ front, segments, between, behind }) => front + segments.join(between) + behind);

const pattern = fc.oneof(
  { weight: 8, arbitrary: body },
  { weight: 3, arbitrary: body.map((each) => `!${each}`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("", " ", "\t", "  "), body, fc.constantFrom(" ", "\t", "\\ "))
      .map((parts) => parts.join("")),
  },
  { weight: 1, arbitrary: fc.constantFrom("", " ", "# a", "#a", "/", "!/", "//", "!#a") },
);

const lines = fc.array(pattern, { maxLength: 4 });

export const aTree: fc.Arbitrary<RandomTree> = fc
  .record({
    files: fc.array(fc.record({ path, content: fc.string({ maxLength: 20 }), executable: fc.boolean() }), {
      minLength: 1,
      maxLength: 14,
    }),
    emptyDirectories: fc.array(path, { maxLength: 2 }),
    links: fc.array(fc.record({ path, target: path }), { maxLength: 3 }),
    ignoreFiles: fc.array(
      fc.record({
        directory: fc.option(path, { freq: 2, nil: "" }),
        file: fc.constantFrom(".gitignore", ".rayignore"),
        lines,
      }),
      { maxLength: 3 },
    ),
    excludes: lines,
  })
  .map(({ ignoreFiles, ...tree }) => ({
    ...tree,
    ignoreFiles: ignoreFiles.map(({ directory, file, ...rest }) => ({
      path: directory === "" ? file : `${directory}/${file}`,
      ...rest,
    })),
  }));
