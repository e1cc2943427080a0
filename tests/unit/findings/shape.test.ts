import assert from "node:assert/strict";
import fc from "fast-check";
import { closestOf, suggestionOf } from "../../../provider/findings/closest.ts";
import { type PackageSchema, shapeFindings } from "../../../provider/findings/shape.ts";
import { archiveOf } from "../../../provider/values/archive.ts";
import { formatPath } from "../../../provider/values/path.ts";
import { type PropertyMap, UNKNOWN, type Value } from "../../../provider/values/value.ts";

const schema: PackageSchema = {
  resources: {
    "x:index:Job": {
      requiredInputs: ["entrypoint"],
      inputProperties: {
        entrypoint: { type: "string" },
        retries: { type: "integer" },
        cpus: { type: "number" },
        suspend: { type: "boolean" },
        labels: { type: "object", additionalProperties: { type: "string" } },
        anything: { $ref: "pulumi.json#/Any" },
        elsewhere: { $ref: "/kubernetes/v4.32.0/schema.json#/types/kubernetes:core%2Fv1:PodTemplateSpec" },
        code: { oneOf: [{ type: "string" }, { $ref: "pulumi.json#/Archive" }] },
        archive: { $ref: "pulumi.json#/Archive" },
        mode: { $ref: "#/types/x:index:Mode" },
        logs: { type: "string", oneOf: [{ type: "string" }, { $ref: "#/types/x:index:Mode" }] },
        pip: { oneOf: [{ type: "array", items: { type: "string" } }, { $ref: "#/types/x:index%2Fpip:Pip" }] },
        codes: { type: "array", items: { oneOf: [{ type: "string" }, { $ref: "pulumi.json#/Archive" }] } },
        things: { type: "array", items: { $ref: "pulumi.json#/Any" } },
        groups: { type: "array", items: { $ref: "#/types/x:index:Group" } },
      },
    },
  },
  types: {
    "x:index:Mode": { type: "string" },
    "x:index/pip:Pip": { type: "object", properties: { packages: { type: "array", items: { type: "string" } } } },
    "x:index:Group": {
      type: "object",
      required: ["groupName"],
      properties: { groupName: { type: "string" }, minReplicas: { type: "integer" } },
    },
  },
};

const cases: { said: PropertyMap; path: string; problem: string; hint: string }[] = [
  {
    said: { archive: "code.zip" },
    path: "archive",
    problem: '"archive" must be an archive, but is a string',
    hint: "Give one of Pulumi's archives, such as a FileArchive",
  },
  {
    said: { code: { path: "code" } },
    path: "code",
    problem: '"code" must be a string or an archive, but is an object',
    hint: "Write a string or an archive",
  },
  {
    said: { logs: true },
    path: "logs",
    problem: '"logs" must be a string, but is true or false',
    hint: "Put the value in quotes",
  },
  {
    said: { retries: "2" },
    path: "retries",
    problem: '"retries" must be an integer, but is a string',
    hint: "Write an integer, without quotes",
  },
  {
    said: { retries: 1.5 },
    path: "retries",
    problem: '"retries" must be an integer, but is a number with a fraction',
    hint: "Write an integer",
  },
  {
    said: { suspend: "yes" },
    path: "suspend",
    problem: '"suspend" must be true or false, but is a string',
    hint: "Write true or false, without quotes",
  },
  {
    said: { labels: { a: 1 } },
    path: "labels.a",
    problem: '"a" must be a string, but is a number',
    hint: "Put the value in quotes",
  },
  {
    said: { labels: ["a"] },
    path: "labels",
    problem: '"labels" must be an object, but is a list',
    hint: "Write an object",
  },
  {
    said: { mode: 1 },
    path: "mode",
    problem: '"mode" must be a string, but is a number',
    hint: "Put the value in quotes",
  },
  {
    said: { entrypiont: "x" },
    path: "entrypiont",
    problem: 'There is no property "entrypiont" here',
    hint: 'Did you mean "entrypoint"?',
  },
  {
    said: { groups: [{ groupName: "a", zzzzzzz: 1 }] },
    path: "groups[0].zzzzzzz",
    problem: 'There is no property "zzzzzzz" here',
    hint: "Drop it; there are groupName, minReplicas",
  },
  {
    said: { groups: [{ groupName: "a", minreplica: 1 }] },
    path: "groups[0].minreplica",
    problem: 'There is no property "minreplica" here',
    hint: 'Did you mean "minReplicas"?',
  },
  { said: { groups: [{}] }, path: "groups[0].groupName", problem: '"groupName" is missing', hint: 'Set "groupName"' },
  {
    said: { groups: ["a"] },
    path: "groups[0]",
    problem: 'An element of "groups" must be an object, but is a string',
    hint: "Write an object",
  },
  { said: { entrypoint: null }, path: "entrypoint", problem: '"entrypoint" is missing', hint: 'Set "entrypoint"' },
  {
    said: { pip: "numpy" },
    path: "pip",
    problem: '"pip" must be a list or an object, but is a string',
    hint: "Write a list or an object",
  },
  {
    said: { pip: ["numpy", 1] },
    path: "pip[1]",
    problem: 'An element of "pip" must be a string, but is a number',
    hint: "Put the value in quotes",
  },
  {
    said: { pip: ["numpy", null] },
    path: "pip[1]",
    problem: 'An element of "pip" must be a string, but is null',
    hint: "Drop it, or write a string",
  },
  {
    said: { groups: [null] },
    path: "groups[0]",
    problem: 'An element of "groups" must be an object, but is null',
    hint: "Drop it, or write an object",
  },
  {
    said: { codes: [null] },
    path: "codes[0]",
    problem: 'An element of "codes" must be a string or an archive, but is null',
    hint: "Drop it, or write a string or an archive",
  },
  {
    said: { pip: { package: [] } },
    path: "pip.package",
    problem: 'There is no property "package" here',
    hint: 'Did you mean "packages"?',
  },
];

const right: { said: PropertyMap; because: string }[] = [
  { said: {}, because: "the rest is optional" },
  { said: { retries: 2, cpus: 0.5, suspend: false, mode: "a", labels: { a: "b" } }, because: "each has its type" },
  { said: { retries: null, groups: null }, because: "null says nothing" },
  {
    said: { things: [null], labels: { a: null } },
    because: "anything may be null, and a name without a value says nothing",
  },
  { said: { anything: [{ a: [1] }], elsewhere: { spec: 1 } }, because: "other packages' types are theirs to check" },
  { said: { pip: ["a"] }, because: "one alternative is enough" },
  { said: { pip: { packages: ["a"] } }, because: "so is the other" },
];

describe("shapeFindings", () => {
  for (const { said, path, problem, hint } of cases) {
    it(`says of ${JSON.stringify(said)} at ${path}: ${problem}`, () => {
      const findings = shapeFindings({ entrypoint: "x", ...said }, schema, "x:index:Job");
      assert.deepEqual(
        findings.map((finding) => [formatPath(finding.path), finding.problem, finding.hint]),
        [[path, problem, hint]],
      );
    });
  }

  for (const { said, because } of right) {
    it(`accepts ${JSON.stringify(said)}: ${because}`, () => {
      assert.deepEqual(shapeFindings({ entrypoint: "x", ...said }, schema, "x:index:Job"), []);
    });
  }

  it("skips what is not known, anywhere", () => {
    const inputs: PropertyMap = {
      entrypoint: UNKNOWN,
      labels: UNKNOWN,
      groups: [UNKNOWN, { groupName: UNKNOWN }],
      pip: [UNKNOWN],
    };
    assert.deepEqual(shapeFindings(inputs, schema, "x:index:Job"), []);
  });

  it("takes an archive where one is wanted", () => {
    const archive = archiveOf({ path: "code" });
    for (const code of [archive, "code", UNKNOWN] satisfies Value[]) {
      assert.deepEqual(shapeFindings({ entrypoint: "a", archive, code }, schema, "x:index:Job"), []);
    }
  });

  it("never shows a value", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), (secret) => {
        const findings = shapeFindings({ entrypoint: [secret], retries: secret }, schema, "x:index:Job");
        assert.equal(findings.length, 2);
        assert.ok(!JSON.stringify(findings).includes(secret));
      }),
    );
  });
});

describe("closestOf", () => {
  it("finds a name again that has one letter too many, too few or wrong", () => {
    const names = ["entrypoint", "rayClusterSpec", "submissionMode"];
    const slip = fc.tuple(fc.constantFrom(...names), fc.nat({ max: 9 }), fc.constantFrom("", "x", "xx"));
    fc.assert(
      fc.property(slip, ([name, at, inserted]) => {
        assert.equal(closestOf(name.slice(0, at) + inserted + name.slice(at + 1), names), name);
      }),
    );
  });

  it("does not guess where nothing is close", () => {
    assert.equal(closestOf("volumes", ["entrypoint", "namespace"]), undefined);
    assert.equal(closestOf("x", []), undefined);
  });
});

describe("suggestionOf", () => {
  it("names everything that would do where nothing is close", () => {
    assert.equal(suggestionOf("whatever", ["none", "ready"]), 'Use one of "none", "ready"');
  });
});
