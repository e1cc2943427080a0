#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { version } from "../version.ts";
import { addPackage } from "./commands/package.ts";
import { addRender } from "./commands/render.ts";
import { addSummary } from "./commands/summary.ts";
import { addValidate } from "./commands/validate.ts";
import { addWait } from "./commands/wait.ts";
import { exit, exitForDefect, exitForDefects, exitWhenKilled, readersMayLeave } from "./exit.ts";

// The command line. Each command is a file in commands/, and loads what it needs only when it is run.

readersMayLeave();
exitWhenKilled();
exitForDefects();

const program = new Command("rayjob")
  .description("Ray jobs on Kubernetes, without Pulumi: what the package `rayjob` does, as commands.")
  .version(version)
  .exitOverride()
  .showHelpAfterError("Run the command with --help to see how it is used")
  .addHelpText(
    "after",
    "\nExit codes: 0 good, 1 failed, 2 wrong usage, or a file cannot be read, or the cluster cannot be asked.",
  );

addPackage(program, exit);
addRender(program, exit);
addValidate(program, exit);
addSummary(program, exit);
addWait(program, exit);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) await exitForDefect(error);
  await exit(error instanceof CommanderError && error.exitCode === 0 ? 0 : 2);
}
