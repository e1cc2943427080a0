import { inOneLine } from "../oneLine.ts";

/** A text as GitHub shows it in a line of its own, whatever is in it: no markup, no mention, no link. */
export function escaped(text: string): string {
  return withEntities(withoutReferences(shortLine(text)));
}

/** A name as code, which may hold anything. */
export function code(name: string): string {
  const text = shortLine(name);
  if (/^[\w./[\]"=-]+$/.test(text)) return `\`${text}\``;
  // In code GitHub looks for no issues and commits, and a name may be copied.
  return `<code>${withEntities(text)}</code>`;
}

/** A sentence whose names are in quotes: they become code. */
export function withCode(sentence: string): string {
  const parts = shortLine(sentence).split(/"((?:[^"[]|\[\d+\]|\["(?:[^"\\]|\\.)*"\])+)"/);
  return parts.map((part, index) => (index % 2 === 1 ? code(part) : escaped(part))).join("");
}

/** The first names as code, and how many more there are. */
export function codeList(names: readonly string[], mostShown: number): string {
  const shown = names.slice(0, mostShown).map(code);
  const hidden = names.length - shown.length;
  return [...shown, ...(hidden > 0 ? [`${hidden} more`] : [])].join(", ");
}

function withEntities(text: string): string {
  return text.replace(/:(?=\/)|(?<=www)\.|[^\p{L}\p{N} ,.:;()'"/=-]/giu, (sign) => {
    const entity = `&#${sign.codePointAt(0)};`;
    // GitHub looks for mentions and issues only once entities are read.
    return sign === "@" || sign === "#" ? `${entity}&#8203;` : entity;
  });
}

/** The text with invisible breaks in what is an issue's or a commit's name to GitHub: `GH-7`, or 7 to 40 digits of a hash. */
function withoutReferences(text: string): string {
  return text
    .replace(/gh-(?=\d)/gi, "$&\u200b")
    .replace(/\b[\da-f]{7,40}\b/gi, (hash) => hash.replace(/.{6}(?=.)/g, "$&\u200b"));
}

function shortLine(text: string): string {
  const plain = inOneLine(text).replace(/\p{Cf}/gu, "");
  return plain.length > mostCharacters ? `${plain.slice(0, mostCharacters)}…` : plain;
}

const mostCharacters = 400;
