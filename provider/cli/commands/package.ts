import type { Command } from "commander";
import type { ExitCode } from "../exit.ts";

/** `rayjob package`: declared here, done in ../package/. */
export function addPackage(program: Command, finish: (code: ExitCode) => Promise<never>): void {
  program
    .command("package")
    .summary("package a directory as a WorkingDir does")
    .description(
      "Packages a directory for Ray as a WorkingDir does: without what .gitignore and .rayignore files, --exclude and Ray's own " +
        "defaults leave out, and the same byte for byte on every machine. Prints the package's identity; without --output " +
        "nothing is written.",
    )
    .argument("<directory>", "the directory with the job's code")
    .option(
      "-e, --exclude <pattern>",
      "leave out what the pattern matches, as in a .gitignore file; repeatable",
      added,
      [],
    )
    .option("-o, --output <file>", "write the zip file there, for runtimeEnv.workingDir")
    .option("--list", "print each file: mode, size, short hash, path")
    .option("--json", "print all of it, as one JSON object, on stdout")
    .addHelpText("after", more)
    .action(async (directory, options) => {
      const { runPackage } = await import("../package/run.ts");
      await finish(await runPackage(directory, options));
    });
}

const more = `
Exit codes:
  0    it is packaged
  1    it cannot be packaged, or not be written
  2    the command is wrong
  130  Ctrl-C; nothing is left of the file

Examples:
  rayjob package train-job -o train-job.zip
  rayjob package train-job --exclude '*.csv' --list
  rayjob package train-job --json | jq -r .hash`;

function added(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
