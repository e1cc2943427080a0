import type { Command } from "commander";
import type { ExitCode } from "../exit.ts";

/** `rayjob render`: declared here, done in ../render/. */
export function addRender(program: Command, finish: (code: ExitCode) => Promise<never>): void {
  program
    .command("render")
    .summary("print the RayJob that arguments make, as YAML")
    .description(
      "Prints the RayJob that the resource would submit, without a cluster and without Pulumi. Takes the arguments of a RayJob (YAML or " +
        "JSON), or a program in Pulumi's YAML, of which it takes each RayJob and the jobs of each RayJobComponent. What only a " +
        "deployment knows stays as the program writes it. Left out are the labels and annotations by which a deployment " +
        "knows its own RayJobs; the hash in a generated name is another one in each stack.",
    )
    .argument("<file>", "the file with the arguments or the program; - for the standard input")
    .option("--name <name>", "the RayJob's name (default: generated, from the name of the resource or the file)")
    .option("-n, --namespace <name>", "the RayJob's namespace (default: that of the arguments, or default)")
    .addHelpText("after", more)
    .action(async (file, options) => {
      const { runRender } = await import("../render/run.ts");
      await finish(await runRender(file, options));
    });
}

const more = `
Exit codes:
  0    it is printed
  1    the arguments are refused, for the reasons on stderr
  2    the file cannot be read, there is no job in it, or the command is wrong

Examples:
  rayjob render Pulumi.yaml
  rayjob render train.yaml --namespace ml | kubectl apply -f -`;
