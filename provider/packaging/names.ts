import { readdirSync } from "node:fs";
import { PackagingError, quoted } from "./packagingError.ts";

/** Throws a PackagingError for a file or directory whose name cannot stand in a zip file. `parent` is where it lies. */
export function assertPackagable(name: string, parent: string): void {
  const isOdd = name.includes("\\")
    ? "zip files know no backslash in a name"
    : name.includes(replacement) && !isWritten(name, parent) && "its name is not valid UTF-8";
  if (!isOdd) return;
  throw new PackagingError(
    `Cannot package ${quoted(`${parent}/${name}`)}: ${isOdd}. Rename it, or name it in \`excludes\``,
  );
}

/** Whether the name is really written so: Node also gives the replacement character for bytes that are no text. */
function isWritten(name: string, parent: string): boolean {
  const bytes = Buffer.from(name);
  return readdirSync(parent, { encoding: "buffer" })
    .filter((each) => each.toString() === name)
    .every((each) => each.equals(bytes));
}

const replacement = "\ufffd";
