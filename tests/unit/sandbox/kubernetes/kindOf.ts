import assert from "node:assert/strict";
import { type Kind, kinds } from "../../../sandbox/providers/kubernetes/kinds.ts";

export function kindOf(name: string): Kind {
  const found = kinds.find(({ kind }) => kind === name);
  assert(found, `there is no kind ${name}`);
  return found;
}
