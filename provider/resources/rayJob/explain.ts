import { outputsOf } from "../../job/outputs.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { type Failure, failureOf, goneOf, unfinishedOf } from "../../job/report.ts";
import { type Verdict, verdictOf } from "../../job/verdict.ts";
import { driverLogTail } from "../../kube/pods/driverLog.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { Outcome } from "./awaitJob.ts";
import type { Cluster } from "./cluster.ts";

/** Why a wait did not end well, in one text: the engine would count each part as an error of its own. */
export async function explain(
  outcome: Exclude<Outcome, { kind: "reached" }>,
  inputs: PropertyMap,
  cluster: Cluster,
): Promise<string> {
  const { rayJob } = outcome;
  const subject = rayJobSubject(rayJob.metadata);
  switch (outcome.kind) {
    case "failed":
      return explainFailure(rayJob, outcome.verdict, inputs, cluster);
    case "gone":
      return textOf(goneOf({ subject }));
    case "unfinished": {
      const { because } = outcome;
      return textOf(unfinishedOf(verdictOf(rayJob.status), { subject, because, commands: commandsOf(rayJob, inputs) }));
    }
    default:
      return outcome satisfies never;
  }
}

/** Why the job has failed, with the end of its driver's log. */
export async function explainFailure(
  rayJob: RayJob,
  verdict: Verdict,
  inputs: PropertyMap,
  { connection }: Cluster,
): Promise<string> {
  const logTailLines = typeof inputs.logTailLines === "number" ? inputs.logTailLines : 50;
  const lines = logTailLines > 0 ? (await driverLogTail(connection, rayJob, logTailLines)).lines : [];
  return textOf(
    failureOf(verdict, {
      subject: rayJobSubject(rayJob.metadata),
      logTail: lines.join("\n"),
      logTailLines,
      commands: commandsOf(rayJob, inputs),
    }),
  );
}

function commandsOf(rayJob: RayJob, inputs: PropertyMap): string[] {
  const { logsCommand } = outputsOf(inputs, rayJob);
  const { namespace, name } = rayJob.metadata;
  const describe = `kubectl -n ${namespace} describe rayjob ${name}`;
  return typeof logsCommand === "string" ? [logsCommand, describe] : [describe];
}

function textOf({ message, reasons }: Failure): string {
  return [`${message}: ${reasons[0] ?? ""}`, ...reasons.slice(1)].join("\n");
}
