import { type Command, InvalidArgumentError } from "commander";
import type { ExitCode } from "../exit.ts";
import { askedFeatureGatesOf, askedVersionOf } from "../kubeRay.ts";

/** `rayjob validate`: declared here, done in ../validate/. */
export function addValidate(program: Command, finish: (code: ExitCode) => Promise<never>): void {
  program
    .command("validate")
    .summary("say what is wrong with RayJob manifests, before a cluster does")
    .description(
      "Judges RayJob manifests, YAML or JSON, as a preview judges the arguments of a RayJob: fields that KubeRay does not have, and " +
        "what KubeRay, Kubernetes, Ray or Kueue would refuse later or never carry out. Prints a line for each finding. Objects of other kinds " +
        "are not looked at; a RayCronJob is judged with the RayJob in it.",
    )
    .argument("[file...]", "the files; - or none for the standard input")
    .option(
      "--kuberay-version <version>",
      "refuse what this version of KubeRay does not have, such as 1.6.2",
      askedVersionOf,
    )
    .option(
      "--feature-gates <A=true,B=false>",
      "its feature gates that are not as the version has them by default",
      askedFeatureGatesOf,
    )
    .option("--allow <code>", "do without the findings of this code, such as RJ411; can be repeated", withCode)
    .option("--strict", "let warnings fail, too")
    .option("--json", "print all of it, as one JSON object, on stdout")
    .addHelpText("after", more)
    .action(async (files, options) => {
      const { runValidate } = await import("../validate/run.ts");
      await finish(await runValidate(files, options));
    });
}

function withCode(text: string, others: readonly string[] = []): string[] {
  const code = text.toUpperCase();
  if (!/^RJ\d{3}$/.test(code)) throw new InvalidArgumentError("Write the code of a finding, such as RJ411.");
  return [...others, code];
}

const more = `
Exit codes:
  0    all RayJobs are good
  1    there are errors, or with --strict warnings
  2    a file cannot be read, there is no RayJob in any, or the command is wrong

Examples:
  rayjob validate jobs/*.yaml --kuberay-version 1.6.2
  kustomize build overlays/production | rayjob validate --strict
  helm template chart | rayjob validate --json | jq '.findings[].code'`;
