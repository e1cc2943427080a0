/** A text in one line, whatever is in it: what would end or rewrite a line is a space, together with the spaces around it. */
export function inOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, (run) => (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(run) ? " " : run));
}
