import { fetchScript } from "./fetchScript.ts";

/** The kinds of failures that the script of the init containers tells apart. */
export function fetchFailureKinds(): string[] {
  return Object.keys(sentences()).filter((kind) => kind !== frame);
}

/** The line with which it ends then, by its own sentences: where, why, and what to do. */
export function fetchFailureOf(kind: string, source: string, facts: Facts = {}): string {
  const says = sentences();
  return filledIn(says[frame], { source, why: filledIn(says[kind], facts) });
}

/** By the names that stand between braces. */
export type Facts = Readonly<Record<string, string>>;

function sentences(): Facts {
  const [, table = ""] = /^SAYS = \{\n(.*?),\n\}$/ms.exec(fetchScript()) ?? [];
  return JSON.parse(`{${table}}`);
}

function filledIn(sentence = "", facts: Facts): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? "");
}

const frame = "failed";
