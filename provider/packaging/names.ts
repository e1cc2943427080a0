import { readdirSync } from "node:fs";
import { backslashInName, nameNotText } from "./failures/directory.ts";

/** Throws a PackagingError for a file or directory whose name cannot stand in a zip file. `parent` is where it lies. */
export function assertPackagable(name: string, parent: string): void {
  if (name.includes("\\")) throw backslashInName(`${parent}/${name}`);
  if (name.includes(replacement) && !isWritten(name, parent)) throw nameNotText(`${parent}/${name}`);
}

/** Whether the name is really written so: Node also gives the replacement character for bytes that are no text. */
function isWritten(name: string, parent: string): boolean {
  const bytes = Buffer.from(name);
  return readdirSync(parent, { encoding: "buffer" })
    .filter((each) => each.toString() === name)
    .every((each) => each.equals(bytes));
}

const replacement = "\ufffd";
