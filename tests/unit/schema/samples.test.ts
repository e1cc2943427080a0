import assert from "node:assert/strict";
import { Argument } from "../../../provider/components/argument.ts";
import { rayJobComponentProblems } from "../../../provider/components/rayJobComponent/problems.ts";
import { bucketFindings } from "../../../provider/components/workingDirBucket/findings.ts";
import { crdsFindings } from "../../../provider/crds/rules.ts";
import type { Finding } from "../../../provider/findings/finding.ts";
import { shapeFindings } from "../../../provider/findings/shape.ts";
import { findingsOf } from "../../../provider/job/findings.ts";
import { sourceFindings, workingDirFindings } from "../../../provider/packaging/rules.ts";
import type { TypeSpec } from "../../../provider/schema/interfaces.ts";
import { packageSchema, rayJobKnowledge, rayJobSchema } from "../../../provider/schema/packageSchema.ts";
import { formatPath, type PropertyPath } from "../../../provider/values/path.ts";
import { isList, mapOf, type PropertyMap, type Value } from "../../../provider/values/value.ts";
import { placesIn, writableParts } from "./coverage.ts";
import { packageSpec } from "./packageSpec.ts";
import { clusterSamples } from "./samples/clusters.ts";
import { jobSamples } from "./samples/jobs.ts";
import { otherSamples } from "./samples/others.ts";
import type { Sample } from "./samples/sample.ts";

// That an argument has a test means here: a sample has it that the provider's own check takes, or refuses by a rule that is
// named, and with a value of another type in its place the check says so, at that place. What an argument does is for the
// tests of that.

const samples = [...jobSamples, ...clusterSamples, ...otherSamples];
/** Values of another type than most have. */
const candidates = [
  { kind: "boolean", value: true },
  { kind: "string", value: "wrong" },
];

const placesOf = ({ inputs, token }: Sample) => placesIn(inputs, token, packageSpec);

describe("the samples", () => {
  it("have every argument and every word that the schema has", () => {
    const shown = new Set(samples.flatMap((sample) => placesOf(sample).map(({ part }) => part)));
    const missing = writableParts(packageSpec).filter((part) => !shown.has(part));
    assert.deepEqual(missing, [], "in no sample of tests/unit/schema/samples");
  });

  for (const sample of samples) {
    const { shows, token, refusedBy = [] } = sample;
    it(`of ${token} are taken by check: ${shows}${refusedBy.length > 0 ? `, but for ${refusedBy.join(", ")}` : ""}`, async () => {
      assert.deepEqual([...new Set(await complaintsAbout(sample))], refusedBy);
    });
  }

  const tried = new Set<string>();
  for (const sample of samples) {
    for (const { part, path, property } of placesOf(sample)) {
      const wrong = wrongFor(property);
      if (tried.has(part) || wrong === undefined) continue;
      tried.add(part);
      it(`refuse another type of ${part}, at ${formatPath(path)}`, async () => {
        const inputs = replaced(sample.inputs, path, wrong) as PropertyMap;
        const schema = sample.token === "rayjob:index:RayJob" ? await rayJobSchema() : await packageSchema();
        const found = shapeFindings(inputs, schema, sample.token).map(
          (finding) => `${finding.code} ${formatPath(finding.path)}`,
        );
        assert.deepEqual(found, [`RJ002 ${formatPath(path)}`]);
      });
    }
  }
});

/** The codes of what check finds wrong, warnings left out, and where a problem has no code what it says. */
async function complaintsAbout({ token, inputs }: Sample): Promise<string[]> {
  const shape = shapeFindings(inputs, await packageSchema(), token);
  switch (token) {
    case "rayjob:index:RayJob":
      return codesOf(findingsOf(inputs, await rayJobKnowledge()));
    case "rayjob:index:RayJobComponent": {
      const problems = rayJobComponentProblems(inputs, new Argument(inputs, inputs));
      return [...codesOf(shape), ...problems.map(({ reason }) => /\((RJ\d+)\)$/.exec(reason)?.[1] ?? reason)];
    }
    case "rayjob:index:WorkingDirBucket":
      return codesOf([...shape, ...bucketFindings(inputs)]);
    case "rayjob:index:WorkingDir":
      return codesOf([...shape, ...sourceFindings(inputs), ...workingDirFindings(inputs)]);
    case "rayjob:index:KubeRayCrds":
      return codesOf([...shape, ...crdsFindings(inputs, {}, [])]);
    default:
      return codesOf(shape);
  }
}

function codesOf(findings: readonly Finding[]): string[] {
  return findings.filter(({ severity }) => severity === "error").map(({ code }) => code);
}

function replaced(value: Value | undefined, [first, ...rest]: PropertyPath, wrong: Value): Value {
  if (first === undefined) return wrong;
  if (isList(value)) return value.map((each, index) => (index === first ? replaced(each, rest, wrong) : each));
  const copy: Record<string, Value | undefined> = { ...mapOf(value) };
  copy[first] = replaced(copy[first], rest, wrong);
  return copy;
}

/** A value that the type does not have; undefined if it takes anything. */
function wrongFor(type: TypeSpec): Value | undefined {
  const kinds = kindsOf(type);
  if (kinds.includes("anything")) return undefined;
  const [wrong] = candidates.filter(({ kind }) => !kinds.includes(kind));
  return wrong?.value;
}

function kindsOf({ type, $ref, oneOf }: TypeSpec): string[] {
  if (oneOf) return oneOf.flatMap(kindsOf);
  if ($ref === undefined) return [type ?? "object"];
  if ($ref === "pulumi.json#/Any" || $ref.startsWith("/kubernetes/")) return ["anything"];
  return [packageSpec.types[$ref.slice("#/types/".length)]?.type ?? "object"];
}
