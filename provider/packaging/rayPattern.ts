/** A line of an ignore file, or one of the excludes, as Ray 2.60.0 understands it. */
export interface RayPattern {
  /** Whether it takes back what patterns before it leave out. */
  readonly negated: boolean;
  /** Matches a path, or only the last name of it. */
  readonly expression: RegExp;
  readonly isOfNames: boolean;
  /** Whether, with a directory and a slash behind it, it matches all that is in it. */
  readonly isOfContents: boolean;
  /** The only name that it matches, if there is but one. */
  readonly name?: string;
}

/**
 * Ray has its own language of patterns: nearly git's, but a bracket may match a slash, a backslash in it is a character,
 * and a slash at the end speaks of all that is in a directory, not of the directory. No library speaks it, so this does.
 *
 * Undefined for a line that says nothing. Throws a SyntaxError for a bracket with a range that ends before it starts.
 */
export function rayPattern(line: string): RayPattern | undefined {
  const text = line.trim();
  if (text.startsWith("#")) return undefined;
  const negated = text.startsWith("!");
  const body = text.slice(negated ? 1 : 0).replace(/^\\/, "");
  const segments = segmentsOf(body);
  if (segments.every((segment) => segment === "")) return undefined;
  const [first, last] = segments;
  if (segments.length === 2 && first === "**" && last !== undefined && !/^\*\*$|\[/.test(last)) {
    const expression = asExpression(glob(last));
    return {
      negated,
      isOfNames: true,
      isOfContents: false,
      expression,
      ...(/[\\*?]/.test(last) ? {} : { name: last }),
    };
  }
  const isOfContents = segments.at(-1) === "**";
  return { negated, isOfNames: false, isOfContents, expression: asExpression(sourceOf(segments)) };
}

/** What lies between the slashes, with "**" where any directories may stand. */
function segmentsOf(body: string): string[] {
  const segments = body.split("/");
  if (segments[0] === "") segments.shift();
  else if ((segments.length === 1 || (segments.length === 2 && segments[1] === "")) && segments[0] !== "**") {
    segments.unshift("**");
  }
  return segments.length > 1 && segments.at(-1) === "" ? segments.with(-1, "**") : segments;
}

function sourceOf(segments: readonly string[]): string {
  let source = "";
  let needsSlash = false;
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment !== "**") source += (needsSlash ? "/" : "") + (segment === "*" ? "[^/]+" : glob(segment));
    else if (isLast) source += index === 0 ? `${any}+` : `/${any}*`;
    else source += index === 0 ? `(?:${any}+/)?` : `(?:/${any}+)?`;
    needsSlash = segment !== "**" || index > 0;
  }
  return source;
}

// What Python's "." and "$" stand for.
const any = "[^\\n]";
const end = "(?=\\n?$)";

function asExpression(source: string): RegExp {
  return new RegExp(`^${source}${end}`, "u");
}

function glob(segment: string): string {
  return segment.replace(token, (character, escaped?: string, bracket?: string, negation = "", members = "") => {
    if (escaped !== undefined) return literally(escaped);
    if (bracket !== undefined) return `[${negation === "!" ? "^" : ""}${membersOf(members)}]`;
    return wildcards[character] ?? literally(character);
  });
}

// A backslash that escapes nothing is nothing.
const wildcards: Readonly<Record<string, string>> = { "*": "[^/]*", "?": "[^/]", "\\": "" };

// An escaped character, a bracket, or any other character. A "]" in front is a member of its bracket.
const token = /\\(.)|(\[(!|(?!!))(\][^\]]*|[^\]]+)\])|./gsu;

function membersOf(members: string): string {
  return members.replaceAll("\\", "\\\\").replace(/^[\]^]/, "\\$&");
}

function literally(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/u, "\\$&");
}
