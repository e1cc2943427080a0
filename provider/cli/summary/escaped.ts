/** A text as GitHub shows it in a line of its own, whatever is in it: no markup, no mention, no link to an issue. */
export function escaped(text: string): string {
  return inOneLine(text).replace(/:(?=\/)|[^\p{L}\p{N} ,.:;()'"/=-]/gu, (sign) => {
    const entity = `&#${sign.codePointAt(0)};`;
    // GitHub looks for mentions and issues only once entities are read.
    return sign === "@" || sign === "#" ? `${entity}&#8203;` : entity;
  });
}

/** A name as code, which may hold anything. */
export function code(name: string): string {
  const text = inOneLine(name);
  if (/^[\w./[\]"=-]+$/.test(text)) return `\`${text}\``;
  return `<code>${escaped(text)}</code>`;
}

/** A sentence whose names are in quotes: they become code. */
export function withCode(sentence: string): string {
  const parts = inOneLine(sentence).split(/"((?:[^"[]|\[\d+\]|\["(?:[^"\\]|\\.)*"\])+)"/);
  return parts.map((part, index) => (index % 2 === 1 ? code(part) : escaped(part))).join("");
}

/** The first names as code, and how many more there are. */
export function codeList(names: readonly string[], mostShown: number): string {
  const shown = names.slice(0, mostShown).map(code);
  const hidden = names.length - shown.length;
  return [...shown, ...(hidden > 0 ? [`${hidden} more`] : [])].join(", ");
}

function inOneLine(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").replace(/\p{Cf}/gu, "");
  return plain.length > mostCharacters ? `${plain.slice(0, mostCharacters)}…` : plain;
}

const mostCharacters = 400;
