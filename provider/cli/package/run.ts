import { resolve } from "node:path";
import { PackagingError } from "../../packaging/packagingError.ts";
import { type Survey, survey } from "../../packaging/survey.ts";
import { messageOf } from "../../values/messageOf.ts";
import type { ExitCode } from "../exit.ts";
import { assertApart } from "./apart.ts";
import { jsonOf, listOf, summaryOf } from "./contents.ts";
import { writePackage } from "./write.ts";

/** What is written on the command line. */
export interface PackageOptions {
  readonly exclude: readonly string[];
  readonly output?: string;
  readonly list?: boolean;
  readonly json?: boolean;
}

/** Packages a directory, and prints what is in it. */
export async function runPackage(directory: string, options: PackageOptions): Promise<ExitCode> {
  try {
    // Absolute: a relative path starts elsewhere in a program, and an error would tell of that.
    process.stdout.write(await packaged(resolve(directory), options));
    return 0;
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error;
    process.stderr.write(`${messageOf(error)}\n`);
    return 1;
  }
}

async function packaged(directory: string, { exclude, output, list, json }: PackageOptions): Promise<string> {
  if (output !== undefined) await assertApart(output, directory, exclude);
  const found = await survey(directory, exclude);
  const zipBytes = output === undefined ? undefined : await writePackage(found, output);
  return json ? jsonOf({ ...found, output, zipBytes }) : textOf(found, list);
}

function textOf(found: Survey, withList = false): string {
  return `${withList ? listOf(found.files) : ""}${summaryOf(found)}`;
}
