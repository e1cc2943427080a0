import { type Finding, sentenceOf } from "../../../provider/findings/finding.ts";
import { defaultedOf } from "../../../provider/job/defaults.ts";
import { findingsOf, type Knowledge } from "../../../provider/job/findings.ts";
import { manifestOf } from "../../../provider/job/manifest.ts";
import { manifestFindings } from "../../../provider/job/manifestFindings.ts";
import { ownerOf } from "../../../provider/job/owner.ts";
import type { RayJobManifest } from "../../../provider/job/rayJob.ts";
import { formatPath } from "../../../provider/values/path.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";
import { type Operator, opinionsOf } from "./operators.ts";
import { isOurOwn, type Stricter, stricter, stricterThan151 } from "./oursAlone.ts";

/** A job to compare opinions on, and how it came about. */
export interface Case {
  /** What is sent. */
  readonly rayJob: object;
  /** What is wrong with it, or with the arguments that it is made of. */
  readonly ours: readonly Finding[];
  readonly origin: string;
}

/** A job by its arguments; the gates are the operator's own. */
export function caseOf(inputs: PropertyMap, origin: string, operator: Operator, knowledge: Knowledge): Case {
  const { kubeRayFeatureGates: _, ...others } = inputs;
  const ours = findingsOf({ ...others, kubeRayVersion: operator.version }, knowledge);
  return { rayJob: created(others, operator), ours, origin };
}

/** A job as somebody writes it by hand. */
export function manifestCaseOf(
  rayJob: PropertyMap,
  origin: string,
  { version }: Operator,
  { fields }: Knowledge,
): Case {
  return { rayJob, ours: manifestFindings(rayJob, { fields, version }), origin };
}

export interface Comparison {
  readonly accepted: number;
  readonly refused: number;
  /** Refused by this package alone, for a reason that is listed. */
  readonly oursAlone: number;
  readonly disagreements: readonly string[];
}

/** Both opinions on each of the jobs: this package's, and that of the API server and the operator together. */
export async function compare(operator: Operator, cases: readonly Case[]): Promise<Comparison> {
  const opinions = await opinionsOf(
    operator,
    cases.map(({ rayJob }) => rayJob),
  );
  const counts = { accepted: 0, refused: 0, oursAlone: 0 };
  const disagreements: string[] = [];
  for (const [index, { ours: found, origin }] of cases.entries()) {
    const { apiServer, operator: operators } = opinions[index] ?? {};
    const theirs = apiServer ?? operators;
    const ours = found.filter(({ severity }) => severity === "error");
    const verdict = verdictOf(ours, theirs, operator.version === "1.5.1" ? stricterThan151 : stricter);
    if (verdict === "disagreement") disagreements.push(described(origin, ours, theirs));
    else counts[verdict]++;
  }
  return { ...counts, disagreements };
}

/** That both refuse is not enough: one of our reasons must be one that they can have. */
function verdictOf(
  ours: readonly Finding[],
  theirs: string | undefined,
  { always, sometimes }: Stricter,
): "accepted" | "refused" | "oursAlone" | "disagreement" {
  if (theirs !== undefined) return ours.some(({ code }) => !(code in always)) ? "refused" : "disagreement";
  if (ours.length === 0) return "accepted";
  return ours.every(({ code }) => code in always || code in sometimes || isOurOwn(code)) ? "oursAlone" : "disagreement";
}

/** What is sent when the job is created: a default of this package that the CRD does not know is left out. */
export function created(inputs: PropertyMap, { version }: Operator): RayJobManifest {
  const manifest = manifestOf({ ...inputs, name: inputs.name ?? "train-7f3a9c21" }, owner);
  const isUnknown = version === "1.5.1" && defaultedOf(inputs).includes("preRunningDeadlineSeconds");
  const kept = Object.entries(manifest.spec).filter(([name]) => !(isUnknown && name === "preRunningDeadlineSeconds"));
  return { ...manifest, spec: Object.fromEntries(kept) };
}

const owner = ownerOf("urn:pulumi:dev::ml::rayjob:index:RayJob::train", "provider-1");

function described(origin: string, ours: readonly Finding[], theirs: string | undefined): string {
  const reasons = ours.map((finding) => `    ${formatPath(finding.path)}: ${sentenceOf(finding)}`);
  return [
    `${origin}`,
    `  we: ${ours.length === 0 ? "take it" : ""}`,
    ...reasons,
    `  they: ${theirs ?? "take it"}`,
  ].join("\n");
}
