import type { Code, Finding } from "../findings/finding.ts";
import type { Knowledge } from "../job/findings.ts";
import { smallJob } from "../job/rules/examples.ts";
import { rules, validate } from "../job/rules/validate.ts";
import { formatPath } from "../values/path.ts";
import type { PropertyMap } from "../values/value.ts";
import { otherFindings } from "./others.ts";

/** What a code stands for, with a message that has it. */
export interface Entry {
  readonly code: Code;
  readonly severity: Finding["severity"];
  /** What is refused, or warned of, as the end of a sentence. */
  readonly refuses: string;
  /** Of an example: where the mistake is, as Pulumi writes the path. */
  readonly at: string;
  readonly problem: string;
  readonly hint: string;
}

/** Everything that has a code, in the order of the codes. The messages are made by what makes them in a preview. */
export function catalogue(knowledge: Knowledge): Entry[] {
  const ofRules = rules.map(({ code, refuses, refused }) => {
    return entryOf(code, withoutSource(refuses), validate(overSmallJob(refused)));
  });
  const others = otherFindings(knowledge).map(({ code, refuses, found }) => entryOf(code, refuses, found));
  return [...ofRules, ...others].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function entryOf(code: Code, refuses: string, found: readonly Finding[]): Entry {
  const finding = found.find((each) => each.code === code);
  if (finding === undefined) throw new Error(`The example of ${code} is refused by ${found.map((each) => each.code)}`);
  const { severity, path, problem, hint } = finding;
  return { code, severity, refuses, at: formatPath(path), problem, hint };
}

function overSmallJob(refused: PropertyMap): PropertyMap {
  const entries = Object.entries({ ...smallJob, ...refused }).filter(([, value]) => value !== null);
  return Object.fromEntries(entries);
}

/** Which rule of KubeRay's or Ray's is foreseen is for whoever reads the code. */
function withoutSource(refuses: string): string {
  return refuses.replaceAll(/ \([A-Z]\d+(, [A-Z]\d+)*\)/g, "");
}
