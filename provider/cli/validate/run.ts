import { isFeatureGate, featureGates as knownGates } from "../../crds/featureGates.ts";
import { suggestionOf } from "../../findings/closest.ts";
import { foreignGateHint, foreignGateProblem, isForeignGate } from "../../job/rules/featureGates.ts";
import { kubeRayFields } from "../../schema/packageSchema.ts";
import { documentsOf } from "../documents.ts";
import type { ExitCode } from "../exit.ts";
import type { AskedVersion } from "../kubeRay.ts";
import { inOneLine } from "../oneLine.ts";
import { readSource, UnreadableError } from "../source.ts";
import { type Judged, judge } from "./judge.ts";
import { countOf, jsonOf, linesOf, type Report, summaryOf } from "./report.ts";

/** What is written on the command line. */
export interface ValidateOptions {
  readonly kuberayVersion?: AskedVersion;
  readonly featureGates?: Readonly<Record<string, boolean>>;
  /** The codes of findings that are wanted as they are. */
  readonly allow?: readonly string[];
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** Judges the RayJobs of files, or of the standard input, and prints what is wrong with them. */
export async function runValidate(files: readonly string[], options: ValidateOptions): Promise<ExitCode> {
  if (files.length === 0 && process.stdin.isTTY) {
    process.stderr.write("Name the files with the manifests, or pipe them in\n");
    return 2;
  }
  const foreign = foreignGateIn(options);
  if (foreign !== undefined) {
    process.stderr.write(`${foreign}\n`);
    return 2;
  }
  process.stderr.write(substitutionOf(options));
  const report = await reportOf(files.length === 0 ? ["-"] : files, options);
  process.stdout.write(options.json ? jsonOf(report) : linesOf(report));
  for (const message of report.unreadable) process.stderr.write(`${message}\n`);
  if (report.unreadable.length > 0) return 2;
  if (report.rayJobs === 0) {
    const where = files.length === 0 ? "the input" : inOneLine(files.join(", "));
    process.stderr.write(`There is no RayJob in ${where}\n`);
    return 2;
  }
  if (!options.json) process.stderr.write(summaryOf(report));
  const refused = options.strict ? report.findings.length : countOf(report.findings, "error");
  return refused > 0 ? 1 : 0;
}

async function reportOf(files: readonly string[], options: ValidateOptions): Promise<Report> {
  const { kuberayVersion, featureGates, allow = [] } = options;
  const judgement = { fields: await kubeRayFields(), version: kuberayVersion?.known, featureGates };
  const judged: Judged[] = [];
  const unreadable: string[] = [];
  for (const file of files) {
    try {
      const source = await readSource(file);
      judged.push(judge(source.name, documentsOf(source), judgement));
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      unreadable.push(error.message);
    }
  }
  const total = (count: (of: Judged) => number) => judged.map(count).reduce((sum, each) => sum + each, 0);
  return {
    rayJobs: total(({ rayJobs }) => rayJobs),
    skipped: total(({ skipped }) => skipped),
    findings: judged.flatMap(({ findings }) => findings).filter(({ finding }) => !allow.includes(finding.code)),
    unreadable,
  };
}

/** What is wrong with the feature gates, as far as they are known. */
function foreignGateIn({ kuberayVersion, featureGates = {} }: ValidateOptions): string | undefined {
  const { known } = kuberayVersion ?? {};
  const name = Object.keys(featureGates).find((each) =>
    known === undefined ? !isFeatureGate(each) : isForeignGate(each, known),
  );
  if (name === undefined) return undefined;
  return known === undefined
    ? `KubeRay has no feature gate "${name}". ${suggestionOf(name, Object.keys(knownGates))}`
    : `${foreignGateProblem(name, known)}. ${foreignGateHint(name, known)}`;
}

function substitutionOf({ kuberayVersion: asked }: ValidateOptions): string {
  if (asked === undefined || asked.written === asked.known) return "";
  return `The fields and rules of KubeRay ${asked.known} stand in for those of ${asked.written}\n`;
}
