import type { Command } from "commander";
import type { ExitCode } from "../exit.ts";

/** `rayjob summary`: declared here, done in ../summary/. */
export function addSummary(program: Command, finish: (code: ExitCode) => Promise<never>): void {
  program
    .command("summary")
    .summary("sum up a preview for a pull request")
    .description(
      "Sums up what `pulumi preview --json` has printed, as Markdown for a comment on a pull request: what becomes of each job, " +
        "and why; which files of its code change; what else is to be done; warnings. It names arguments and files, never values.",
    )
    .argument("[file]", "the file with the preview's JSON; - or none for stdin", "-")
    .addHelpText("after", more)
    .action(async (file) => {
      const { runSummary } = await import("../summary/run.ts");
      await finish(await runSummary(file));
    });
}

const more = `
Exit codes:
  0    it is printed
  1    it is printed, and the preview that it tells of has failed
  2    the command is wrong, or there is no preview

The first line is a hidden marker with the stack's name, by which a workflow finds the comment that it updates.

Examples:
  pulumi preview --json | rayjob summary
  rayjob summary preview.json > comment.md`;
