import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Code } from "../../../../provider/findings/finding.ts";
import { type PackageSchema, shapeFindings } from "../../../../provider/findings/shape.ts";
import { isArgument } from "../../../../provider/job/changes.ts";
import { rules, validate } from "../../../../provider/job/rules/validate.ts";
import { formatPath } from "../../../../provider/values/path.ts";
import type { PropertyMap } from "../../../../provider/values/value.ts";
import { aJob } from "../aJob.ts";

describe("every rule", () => {
  it("has a code of its own", () => {
    const codes = rules.map((rule) => rule.code);
    assert.deepEqual(codes, [...new Set(codes)].sort());
  });

  for (const rule of rules) {
    it(`${rule.code} refuses ${rule.refuses}, in its example and at a place that exists`, () => {
      const findings = validate(aJob(rule.refused)).filter(({ code }) => code === rule.code || !isUnavoidable(code));
      assert.deepEqual(
        findings.map((finding) => finding.code),
        [rule.code],
      );
      for (const { path, severity } of findings) {
        assert.ok(isArgument(String(path[0])));
        assert.equal(severity, rule.severity ?? "error");
      }
    });

    it(`${rule.code} speaks in one sentence and one hint, without a period at the end`, () => {
      for (const { problem, hint } of validate(aJob(rule.refused))) {
        assert.match(problem, /^[A-Z"].*[^.]$/);
        assert.match(hint, /^[A-Z].*[^.]$/);
        assert.doesNotMatch(problem + hint, /undefined|null|\bcan't|\bdon't|\bisn't/);
      }
    });

    it(`${rule.code} accepts its other example, as every rule and the schema do`, async () => {
      const others = validate(aJob(rule.accepted)).filter(({ code }) => code === rule.code || !isUnavoidable(code));
      assert.deepEqual(others, []);
      assert.deepEqual(shapeFindings(aJob(rule.accepted), await schema(), "rayjob:index:RayJob"), []);
    });
  }
});

describe("the schema", () => {
  const texts: { said: PropertyMap; path: string; because: string }[] = [
    {
      said: { runtimeEnv: { envVars: { EPOCHS: 3 } } },
      path: "runtimeEnv.envVars.EPOCHS",
      because: "variables are texts",
    },
    { said: { runtimeEnv: { pip: ["numpy", 2] } }, path: "runtimeEnv.pip[1]", because: "packages are texts" },
    { said: { backoffLimit: 1.5 }, path: "backoffLimit", because: "one cannot retry half a time" },
    { said: { entryPoint: "python a.py" }, path: "entryPoint", because: "names are spelled exactly" },
  ];
  for (const { said, path, because } of texts) {
    it(`refuses ${JSON.stringify(said)}, so that no rule has to: ${because}`, async () => {
      const findings = shapeFindings(aJob(said), await schema(), "rayjob:index:RayJob");
      assert.deepEqual(
        findings.map((finding) => formatPath(finding.path)),
        [path],
      );
    });
  }
});

/** Whether a rule has a word on whatever is encrypted, be it right or wrong. */
function isUnavoidable(code: Code): boolean {
  return code === "RJ386";
}

async function schema(): Promise<PackageSchema> {
  return JSON.parse(await readFile(new URL("../../../../provider/schema/schema.json", import.meta.url), "utf8"));
}
