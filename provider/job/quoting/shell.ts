/**
 * What a shell does about a command that is meant for another one, in words that follow on "the shell"; undefined where it hands
 * on every word as it is.
 */
export function shellsDoing(command: string): string | undefined {
  for (const { 0: token, index } of command.matchAll(tokens)) {
    const isFirst = index === 0 || /\s/.test(command[index - 1] ?? "");
    const doing = doingAt(token, command.slice(index), isFirst);
    if (doing !== undefined) return doing;
  }
  return undefined;
}

/** The same for a text between double quotes. */
export function expansionIn(text: string): string | undefined {
  const [found, variable] = expansion.exec(text) ?? [];
  if (found === undefined) return undefined;
  return variable === undefined ? "runs what is between backticks" : `fills in "${variable}" itself`;
}

// Escaped characters, quotations, then anything else.
const tokens = /\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|[\s\S]/g;
const expansion = /`|(\$(?:\w+|\{[^}]*\}|\([^)]*\)|[@*#?!$-]))/;

function doingAt(token: string, rest: string, isFirst: boolean): string | undefined {
  if (token.length > 1) return token.startsWith('"') ? expansionIn(token.replaceAll(/\\[\s\S]/g, "")) : undefined;
  if (/["']/.test(token)) return "does not find the end of a quotation";
  if (/[$`]/.test(token)) return rest.search(expansion) === 0 ? expansionIn(rest) : undefined;
  if (/[;&|\n]/.test(token)) return endOf(rest);
  if (/[<>]/.test(token)) return `redirects its own input or output at "${token}", and not the job's`;
  if (/[()]/.test(token)) return `takes "${token}" for a part of its own script, and cannot read that`;
  if (/[*?[]/.test(token)) return `puts the names of its own files in the place of a "${token}" that matches any`;
  if (token === "~" && isFirst) return 'puts its own home directory in the place of "~"';
  if (token === "#" && isFirst) return 'takes "#" and all that follows, its own next commands included, for a comment';
  return undefined;
}

function endOf(rest: string): string {
  const [operator = "the line"] = /^(?:&&|\|\||[;&|])/.exec(rest) ?? [];
  const end = operator === "the line" ? "the end of the line" : `"${operator}"`;
  return `takes ${end} for the end of the job's command, and runs what follows in its own pod`;
}
