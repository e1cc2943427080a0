/** What one line of a requirements file asks for, with the number of the line. */
export type Requirement =
  | { readonly kind: "package"; readonly text: string; readonly line: number }
  /** `-r FILE`: another file that is to be read in its place. */
  | { readonly kind: "file"; readonly path: string; readonly text: string; readonly line: number }
  /** What means something on this machine only, or must not be said in a RayJob. */
  | { readonly kind: "refused"; readonly because: string; readonly text: string; readonly line: number };

/** The lines of a requirements file as pip reads them: continued ones joined, and no comments. */
export function requirementsIn(content: string): Requirement[] {
  return logicalLines(content).flatMap(({ text, line }) => {
    const said = text.replace(/(^|\s+)#.*$/, "").trim();
    return said === "" ? [] : [requirementOf(said, line)];
  });
}

/** What a line asks for that is not from a file, such as one in a conda environment's list for pip. */
export function requirementOf(text: string, line: number): Requirement {
  const option = optionOf(text);
  const because = option === undefined ? unportable(text) : refusalOf(option);
  if (because !== undefined) return { kind: "refused", because, text: withoutPassword(text), line };
  if (option?.name === "requirement") return { kind: "file", path: option.value, text, line };
  return { kind: "package", text, line };
}

interface Line {
  readonly text: string;
  readonly line: number;
}

/** A line that is nothing but a comment ends a continued one, as it does for pip. */
function logicalLines(content: string): Line[] {
  const lines: Line[] = [];
  let begun: Line | undefined;
  for (const [index, text] of content.split(/\r\n|\r|\n/).entries()) {
    const { text: before, line } = begun ?? { text: "", line: index + 1 };
    const isComment = /^\s*#/.test(text);
    if (text.endsWith("\\") && !isComment) {
      begun = { text: before + text.slice(0, -1), line };
    } else {
      lines.push({ text: before + (isComment ? ` ${text}` : text), line });
      begun = undefined;
    }
  }
  return begun === undefined ? lines : [...lines, begun];
}

interface Option {
  readonly name: string;
  readonly value: string;
}

function optionOf(text: string): Option | undefined {
  const [, long, longValue = ""] = /^--([a-z-]+)(?:[=\s]\s*(.*))?$/s.exec(text) ?? [];
  const [, short, shortValue = ""] = /^-([a-zA-Z])[=\s]?\s*(.*)$/s.exec(text) ?? [];
  const name = long ?? (short === undefined ? undefined : (longNames[short] ?? short));
  if (name === undefined) return undefined;
  return { name, value: (longValue || shortValue).trim().replace(/^(["'])(.*)\1$/s, "$2") };
}

const longNames: Readonly<Record<string, string>> = {
  r: "requirement",
  c: "constraint",
  e: "editable",
  f: "find-links",
  i: "index-url",
};

function refusalOf({ name, value }: Option): string | undefined {
  switch (name) {
    case "constraint":
      return "a file of constraints stays on this machine. Pin the versions in the requirements";
    case "requirement":
      return hasScheme(value)
        ? "it is not on this machine, and a preview reads nothing else. Download it, and name the file"
        : undefined;
    case "editable":
    case "find-links":
      return isRemote(value) ? passwordIn(value) : onlyHere;
    default:
      return passwordIn(value);
  }
}

const onlyHere = "it is on this machine only. Build a wheel, upload it, and list its address";

/** The name of a package, one with the address of a file, an address, or a path on this machine. */
function unportable(text: string): string | undefined {
  const [, address] = /^[\w.-]+(?:\[[^\]]*\])?\s*@\s*(\S+)/.exec(text) ?? /^(\S+:\S+)/.exec(text) ?? [];
  if (address !== undefined) return isRemote(address) ? passwordIn(address) : onlyHere;
  const [name = ""] = text.split(/[\s;[<>=!~]/, 1);
  return /^\.|[/\\]|\.(?:whl|zip|tar|tar\.\w+|tgz|tbz)$/.test(name) ? onlyHere : undefined;
}

function hasScheme(address: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(address);
}

function isRemote(address: string): boolean {
  return hasScheme(address) && !/^(?:\w+\+)?file:/i.test(address);
}

const password = /(:\/\/[^\s/@:]*:)(?!\$\{)[^\s/@]+@/;
// GitHub and others take a token for the user. `git` is nobody's.
const token = /(https?:\/\/)(?!git@|\$\{)[^\s/@:]+@/i;

function passwordIn(address: string): string | undefined {
  return password.test(address) || token.test(address) ? readable : undefined;
}

const readable =
  "the password or token would be readable in the RayJob. Put a variable in its place, which pip and uv fill in, such as " +
  `\${TOKEN}, and give it by \`secretEnv\``;

function withoutPassword(text: string): string {
  return text.replace(password, "$1…@").replace(token, "$1…@");
}
