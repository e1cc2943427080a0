import { isKnown, type PropertyMap } from "../values/value.ts";
import { fileChanges } from "./fileChanges.ts";
import { fewOf, filesOf, sizeOf } from "./words.ts";

/** What a preview says of a package that is not there yet: `code: 12 files, 3.4 MB`. */
export function contentOf(inputs: PropertyMap): string {
  const { fileCount, sizeBytes } = inputs;
  if (typeof fileCount !== "number" || typeof sizeBytes !== "number") return "code: not known yet";
  return `code: ${filesOf(fileCount)}, ${sizeOf(sizeBytes)}`;
}

/** What a preview says of one that takes another's place: which files make the difference, and what is in it then. */
export function changeOf(before: PropertyMap, after: PropertyMap): string {
  if (!isKnown(after.hash) || !isKnown(after.files)) return "code: may change, and is not known yet";
  const content = contentOf(after);
  if (before.hash === after.hash) return `${content}, the same as before in another place`;
  return content.replace("code: ", `code: ${filesThatChange(before, after)}; `);
}

function filesThatChange(before: PropertyMap, after: PropertyMap): string {
  const { changed, added, removed } = fileChanges(before, after);
  const parts = [
    ...(changed.length > 0 ? [`${filesOf(changed.length)} changed (${fewOf(changed)})`] : []),
    ...(added.length > 0 ? [`${added.length} added (${fewOf(added)})`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed (${fewOf(removed)})`] : []),
  ];
  return parts.join(", ") || "files change that are not listed";
}
