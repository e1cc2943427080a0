/**
 * What a shell does about a command that is meant for another one, in words that follow on "the shell"; undefined where it hands
 * on every word as it is.
 */
export function shellsDoing(command: string): string | undefined {
  let before = "";
  for (const { 0: token, index } of command.matchAll(tokens)) {
    const doing = doingAt(token, command.slice(index), before);
    if (doing !== undefined) return doing;
    before = token;
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

function doingAt(token: string, rest: string, before: string): string | undefined {
  const isFirst = /^$|\s$/.test(before);
  if (token.length > 1) return token.startsWith('"') ? expansionIn(token.replaceAll(/\\[\s\S]/g, "")) : undefined;
  if (/["']/.test(token)) return "does not find the end of a quotation";
  if (/[$`]/.test(token)) return rest.search(expansion) === 0 ? expansionIn(rest) : undefined;
  if (/[;&|\n]/.test(token)) return endOf(rest);
  if (/[<>]/.test(token)) return `redirects its own input or output at "${token}", and not the job's`;
  if (/[()]/.test(token)) return `takes "${token}" for a part of its own script, and cannot read that`;
  if (/[*?[]/.test(token)) return `puts the names of its own files in the place of a "${token}" that matches any`;
  if (token === "{" && before !== "$" && !(isFirst && rest[1] === "}") && isExpanded(rest))
    return 'makes several words of what is between "{" and "}"';
  if (token === "~" && isFirst) return 'puts its own home directory in the place of "~"';
  if (token === "#" && isFirst) return 'takes "#" and all that follows, its own next commands included, for a comment';
  return undefined;
}

/** Whether bash takes the brace, and the one that closes it in the same word, for a list or a sequence. */
function isExpanded(rest: string): boolean {
  let depth = 0;
  let [isList, isRange] = [false, false];
  for (const { 0: token, index } of rest.matchAll(tokens)) {
    if (/^\s$/.test(token)) return false;
    if (token === "{") depth++;
    if (token === "," && depth === 1) isList = true;
    if (depth === 1 && /^\.\.[^}]/.test(rest.slice(index))) isRange = true;
    if (token !== "}") continue;
    // Without either, bash goes on to another brace that closes it.
    if (depth === 1 && (isList || isRange)) return sequence.test(rest.slice(1, index));
    depth = Math.max(depth - 1, 1);
  }
  return false;
}

// Of what has two dots, bash takes a comma in quotes for one, too.
const sequence = /,|^([+-]?\d+\.\.[+-]?\d+|[a-z]\.\.[a-z])(\.\.[+-]?\d+)?$/i;

function endOf(rest: string): string {
  const [operator = "the line"] = /^(?:&&|\|\||[;&|])/.exec(rest) ?? [];
  const end = operator === "the line" ? "the end of the line" : `"${operator}"`;
  return `takes ${end} for the end of the job's command, and runs what follows in its own pod`;
}
