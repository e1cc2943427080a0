import { Argument, type Command, InvalidArgumentError, Option } from "commander";
import { durationGrammar, secondsOf } from "../duration.ts";
import type { ExitCode } from "../exit.ts";
import { targetGrammar, targetOf } from "../wait/target.ts";

/** `rayjob wait`: declared here, done in ../wait/. */
export function addWait(program: Command, finish: (code: ExitCode) => Promise<never>): void {
  program
    .command("wait")
    .summary("wait for a RayJob, and exit 0 only if it succeeds")
    .description(
      "Waits until a RayJob has ended, whoever made it, and exits 0 only if it has succeeded. Progress is on stderr: a line for " +
        "each change, and what keeps the job from running. Ctrl-C ends the wait, not the job.",
    )
    .addArgument(new Argument("<job>", targetGrammar).argParser(valid(targetOf, targetGrammar)))
    .addOption(
      new Option("--for <state>", "ready: its cluster is up; running: Ray runs it; complete: it has succeeded")
        .choices(["ready", "running", "complete"])
        .default("complete"),
    )
    .addOption(
      new Option("--timeout <time>", `give up after ${durationGrammar} (default: never)`).argParser(
        valid(secondsOf, durationGrammar),
      ),
    )
    .option("--logs", "print what the job's driver prints, on stdout (with --json on stderr)")
    .option("--json", "print what has become of it, as one JSON object, on stdout")
    .option("--kubeconfig <file>", "default: KUBECONFIG, ~/.kube/config, or the pod's service account")
    .option("--context <name>", "default: the kubeconfig's current context")
    .option("-n, --namespace <name>", "the namespace of a job that is given by its name alone")
    .addHelpText("after", more)
    .action(async (target, options) => {
      const { runWait } = await import("../wait/run.ts");
      await finish(await runWait(target, options));
    });
}

const more = `
Exit codes:
  0    it has succeeded, or is what --for asks for
  1    it has failed, was stopped or deleted, or the time is over
  2    there is no such RayJob, the cluster cannot be asked, or the command is wrong
  130  Ctrl-C

Examples:
  rayjob wait ml/train
  rayjob wait ml/train --timeout 2h --json | jq -r .reason
  rayjob wait train -n ml --for running`;

/** An argument or option that has a grammar: what the parser does not know is refused by saying how it is written. */
function valid<Parsed>(parse: (text: string) => Parsed | undefined, grammar: string): (text: string) => Parsed {
  return (text) => {
    const parsed = parse(text);
    if (parsed === undefined) throw new InvalidArgumentError(`Write ${grammar}.`);
    return parsed;
  };
}
