import { nameOf } from "../../../provider/values/urn.ts";
import type { Run } from "../../support/run.ts";

/** What a preview shows of these resources: the change itself, as `pulumi preview --diff` prints it, and what is said of it. */
export function shownOf(run: Run, names: readonly string[], namespace: string): string {
  const blocks = blocksOf(run.text).filter(({ name }) => names.includes(name));
  const said = run.diagnostics.filter(({ name }) => names.includes(name));
  const lines = [...blocks.flatMap((block) => block.lines), ...said.map(({ message }) => message)];
  const text = lines.length > 0 ? lines.join("\n") : "(nothing)";
  // The namespace is the test's own, and is in the hashes of generated names; Pulumi draws those of other objects by lot.
  return `${text.replaceAll(namespace, "ml").replace(/"([a-z-]+)-[0-9a-f]{8}"/g, '"$1-HASH"')}\n`;
}

interface Block {
  readonly name: string;
  readonly lines: readonly string[];
}

/** The parts of the text, each of one resource, without what tells which one it is. */
function blocksOf(text: string): Block[] {
  const parts = text.split(/^(?= {4}\S.*: \([a-z-]+\)$)|^(?=Resources:$)/m);
  return parts.flatMap((part) => {
    const urn = /^\s*\[urn=(.*)\]$/m.exec(part)?.[1];
    const lines = part.split("\n").filter((line) => line.trim() !== "" && !/^\s*\[(id|urn|provider)=.*\]$/.test(line));
    return urn === undefined ? [] : [{ name: nameOf(urn), lines: lines.map((line) => line.replace(/^ {4}/, "")) }];
  });
}
