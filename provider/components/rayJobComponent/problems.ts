import { sentenceOf } from "../../findings/finding.ts";
import { formatPath } from "../../values/path.ts";
import { mapOf, type PropertyMap } from "../../values/value.ts";
import type { Argument } from "../argument.ts";
import { problemOf } from "../construct.ts";
import type { Problem } from "../problem.ts";
import { bucketFindings } from "../workingDirBucket/findings.ts";
import { rayJobComponentFindings, type SecretVariables } from "./findings.ts";
import { pinnedCode } from "./pinnedCode.ts";
import { secretVariablesOf } from "./secretVariables.ts";

/** What is wrong with a component's arguments that only the component can see; a job's own are the job's to check. */
export function rayJobComponentProblems(values: PropertyMap, args: Argument): Problem[] {
  const findings = rayJobComponentFindings(values, secretVariablesIn(args.at("jobs")));
  const ofBucket = bucketFindings(mapOf(values.bucket));
  const placed = ofBucket.map((finding) => ({ ...finding, path: ["bucket", ...finding.path] }));
  return [...findings, ...placed].filter(({ severity }) => severity === "error").map(problemOf);
}

/** What whoever deploys a component should know of its arguments, and can look up by a code. */
export function rayJobComponentWarnings(values: PropertyMap): string[] {
  return pinnedCode(values).map((finding) => `${formatPath(finding.path)}: ${sentenceOf(finding)}`);
}

function secretVariablesIn(jobs: Argument): SecretVariables {
  const ofJobs = Object.entries(jobs.properties).map(
    ([name, job]) => [name, Object.keys(secretVariablesOf(job))] as const,
  );
  return Object.fromEntries(ofJobs);
}
