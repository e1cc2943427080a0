import assert from "node:assert/strict";
import fc from "fast-check";
import { rules } from "../../../provider/job/rules/validate.ts";
import { rayJobKnowledge } from "../../../provider/schema/packageSchema.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";
import { aJob } from "../../unit/job/aJob.ts";
import { type Comparison, caseOf, compare, created, manifestCaseOf } from "./comparison.ts";
import { validJobs } from "./jobs.ts";
import { inManifest, type Mutation, mutated, someMutation } from "./mutations.ts";
import { operators } from "./operators.ts";

// For each version half of them by their arguments, half as manifests. ORACLE_JOBS=100000 for a longer run, ORACLE_SEED for another one.
const { ORACLE_JOBS = "20000", ORACLE_SEED = "20261128" } = process.env;
const runs = { numRuns: Math.ceil(Number(ORACLE_JOBS) / operators.length / 2), seed: Number(ORACLE_SEED) };

describe("this package's rules and those of the API server and of KubeRay", () => {
  for (const operator of operators) {
    it(`agree on ${runs.numRuns} jobs for KubeRay ${operator.version}`, async () => {
      const knowledge = await rayJobKnowledge();
      const jobs = fc
        .sample(someJob, runs)
        .map(([job, mutations]) => caseOf(mutated(job, mutations), originOf(job, mutations), operator, knowledge));
      assertAgreed(await compare(operator, jobs), jobs.length, `jobs for KubeRay ${operator.version}`);
    });

    it(`agree on ${runs.numRuns} manifests for KubeRay ${operator.version}`, async () => {
      const knowledge = await rayJobKnowledge();
      const manifests = fc.sample(someManifest, runs).map(([job, mutations]) => {
        const manifest = mutated({ ...created(job, operator) }, mutations);
        return manifestCaseOf(manifest, originOf(manifest, mutations), operator, knowledge);
      });
      assertAgreed(await compare(operator, manifests), manifests.length, `manifests for KubeRay ${operator.version}`);
    });

    it(`agree on every rule's own examples for KubeRay ${operator.version}`, async () => {
      const knowledge = await rayJobKnowledge();
      const examples = rules.flatMap((rule) => [
        caseOf(aJob(rule.refused), `the example that ${rule.code} refuses`, operator, knowledge),
        caseOf(aJob(rule.accepted), `the example that ${rule.code} accepts`, operator, knowledge),
      ]);
      const { disagreements } = await compare(operator, examples);
      assert.equal(disagreements.length, 0, disagreements.slice(0, 20).join("\n"));
    });
  }
});

/** A valid job, and a mutation of it or two, or none. */
const someJob: fc.Arbitrary<[PropertyMap, Mutation[]]> = fc.tuple(validJobs, fc.array(someMutation, { maxLength: 2 }));

/** The same, with the mutations made in its manifest. */
const someManifest: fc.Arbitrary<[PropertyMap, Mutation[]]> = someJob.map(([job, mutations]) => [
  job,
  mutations.map(inManifest).filter((mutation) => mutation !== undefined),
]);

function originOf(job: PropertyMap, mutations: readonly Mutation[]): string {
  return `${JSON.stringify(job)} with ${JSON.stringify(mutations)}`;
}

function assertAgreed(found: Comparison, compared: number, what: string): void {
  const { accepted, refused, oursAlone, disagreements } = found;
  const counts = `${accepted} accepted by both, ${refused} refused by both, ${oursAlone} by us alone for a listed reason`;
  console.log(`      ${compared} ${what} compared: ${counts}, ${disagreements.length} disagreements`);
  assert.equal(disagreements.length, 0, disagreements.slice(0, 20).join("\n"));
  assert.ok(accepted > compared / 4, "too few of them are valid for this to mean anything");
}
