import { contentOf } from "../../packaging/announcement.ts";
import { fileChanges } from "../../packaging/fileChanges.ts";
import { isPropertyMap } from "../../values/value.ts";
import type { Preview, Step } from "./preview.ts";

/** What becomes of a package of code. */
export interface CodeEffect {
  readonly name: string;
  /** In words: `12 files, 3.4 MB`. */
  readonly effect: string;
  /** The paths of the files, by what becomes of them, where they are known. */
  readonly files: Readonly<Record<"changed" | "added" | "removed", readonly string[]>>;
}

/** The packages that are made, replaced or deleted, in the order of their names. */
export function codeEffects({ steps }: Preview): CodeEffect[] {
  return steps.filter(({ type, op }) => type === workingDir && op !== "same").map(codeEffect);
}

export const workingDir = "rayjob:index:WorkingDir";

function codeEffect({ name, op, before, after }: Step): CodeEffect {
  const content = contentOf(after).replace(/^code: /, "");
  if (op === "delete") return { name, effect: "is not used any more", files: none };
  if (op === "create") return { name, effect: `new: ${content}`, files: none };
  if (before.hash === after.hash)
    return { name, effect: `${content}, the same as before in another place`, files: none };
  // What is not known yet, or a secret, is a text there.
  const isListed = isPropertyMap(before.files) && isPropertyMap(after.files);
  return { name, effect: content, files: isListed ? fileChanges(before, after) : none };
}

const none = { changed: [], added: [], removed: [] };
