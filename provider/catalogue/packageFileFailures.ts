import { requirementOf } from "../job/requirements.ts";
import { pathHints } from "../packaging/pathHint.ts";
import * as errors from "../resources/rayJob/packageFileError.ts";
import { type FailureExample, failure } from "./failureExample.ts";

/** What is wrong with a requirements file or a conda file that a runtime environment names. */
export function packageFileFailures(): readonly FailureExample[] {
  return Object.values(ofFiles)
    .flat()
    .map(({ when, error }) => failure(when, error.message));
}

const file = "/home/ada/requirements.txt";
const more = "/home/ada/more.txt";

type Named = Exclude<keyof typeof errors, "PackageFileError">;

// Of each that there is, or this does not compile.
const ofFiles: { readonly [Name in Named]: readonly { readonly when: string; readonly error: Error }[] } = {
  unreadableFile: [
    of("the file is not there", unreadable({ code: "ENOENT" })),
    of(
      "a file that another one refers to is not there",
      errors.unreadableFile(more, line(3), { code: "ENOENT" }, pathHints.absolute),
    ),
    of("the path is that of a directory", unreadable({ code: "EISDIR" })),
    of("the file may not be read", unreadable({ code: "EACCES" })),
    of("the file is no text", unreadable({ code: "ERR_ENCODING_INVALID_ENCODED_DATA" })),
  ],
  circularFile: [of("a file leads to itself", errors.circularFile(file, `"${more}", line 1`))],
  noMapping: [of("a conda file holds something else", errors.noMapping("/home/ada/conda.yml"))],
  refusedLine: [
    of("a line names what is on this machine only", refusal("-e ./lib")),
    of("a line names constraints", refusal("-c constraints.txt")),
    of("a line names a file on a server", refusal("-r https://example.com/requirements.txt")),
    of("a line has a password or token in it", refusal("-i https://ada:hush@example.com/simple")),
  ],
};

function line(number: number): string {
  return `"${file}", line ${number}`;
}

function unreadable(cause: object): Error {
  return errors.unreadableFile(file, undefined, cause, pathHints.relative);
}

function refusal(said: string): Error {
  const requirement = requirementOf(said, 2);
  if (requirement.kind !== "refused") throw new Error(`${said} is not refused`);
  return errors.refusedLine(requirement.text, line(2), requirement.because);
}

function of(when: string, error: Error) {
  return { when, error };
}
