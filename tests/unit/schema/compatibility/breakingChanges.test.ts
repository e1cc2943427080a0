import assert from "node:assert/strict";
import { breakingChanges } from "../../../../provider/schema/compatibility/breakingChanges.ts";
import type { ComparedSchema } from "../../../../provider/schema/compatibility/comparedSchema.ts";
import { mayBreak } from "../../../../provider/schema/compatibility/mayBreak.ts";
import type { EnumSpec, ObjectSpec } from "../../../../provider/schema/interfaces.ts";

const older = {
  name: "x",
  version: "1.0.0",
  config: { variables: { token: { type: "string", secret: true } } },
  provider: { inputProperties: { token: { type: "string", secret: true } } },
  resources: {
    "x:index:Job": {
      requiredInputs: ["command"],
      inputProperties: {
        command: { type: "string" },
        retries: { type: "integer" },
        labels: { type: "object", additionalProperties: { type: "string" } },
        mounts: { type: "array", items: { $ref: "#/types/x:index:Mount" } },
        mode: { type: "string", oneOf: [{ type: "string" }, { $ref: "#/types/x:index:Mode" }] },
      },
      properties: { phase: { type: "string" }, run: { $ref: "#/types/x:index:Run" } },
      required: ["phase", "run"],
    },
  },
  types: {
    "x:index:Mount": object({ path: { type: "string" }, readOnly: { type: "boolean" } }, ["path"]),
    "x:index:Run": object({ name: { type: "string" }, end: { type: "string" } }, ["name"]),
    "x:index:Mode": words({ fast: "Fast", slow: "Slow" }),
  },
  language: { nodejs: { packageName: "x" } },
} as const satisfies ComparedSchema;

const job = older.resources["x:index:Job"];

const cases: { after: Partial<ComparedSchema>; found: string[]; because: string }[] = [
  { after: {}, found: [], because: "nothing has changed" },
  { after: { version: "2.0.0" }, found: [], because: "a version breaks nothing" },
  { after: { name: "y" }, found: ["x: the package is now called y"], because: "every program names it" },
  { after: { resources: {} }, found: ["Job: the resource is gone"], because: "a program that has one cannot run" },
  {
    after: withJob({ isComponent: true }),
    found: ["Job: the resource is now a component"],
    because: "its state differs",
  },
  {
    after: withJob({ inputProperties: { ...job.inputProperties, retries: { type: "number" } } }),
    found: ["Job takes retries: it was integer, and is number"],
    because: "typed languages have another type",
  },
  {
    after: withJob({
      inputProperties: { ...job.inputProperties, labels: { type: "array", items: { type: "string" } } },
    }),
    found: ["Job takes labels: it was a map of string, and is a list of string"],
    because: "what was written cannot be taken",
  },
  {
    after: withJob({ inputProperties: { ...job.inputProperties, mode: { type: "string" } } }),
    found: ["Job takes mode: it was string or Mode, and is string"],
    because: "its words are not taken any more",
  },
  {
    after: withJob({ inputProperties: { ...job.inputProperties, command: job.inputProperties.mode } }),
    found: [],
    because: "a text that has words is still a text",
  },
  {
    after: withJob({
      inputProperties: { ...job.inputProperties, command: { type: "string", willReplaceOnChanges: true } },
    }),
    found: ["Job takes command: a change of it now replaces"],
    because: "an edit would do more than before",
  },
  {
    after: withJob({ inputProperties: withoutFirst(job.inputProperties), requiredInputs: [] }),
    found: ["Job takes command: it is gone"],
    because: "whoever writes it is refused",
  },
  {
    after: withJob({ requiredInputs: ["command", "retries"] }),
    found: ["Job takes retries: it is now required"],
    because: "whoever leaves it out is refused",
  },
  { after: withJob({ requiredInputs: [] }), found: [], because: "whoever writes it still may" },
  {
    after: withJob({
      inputProperties: { ...job.inputProperties, place: { type: "string" } },
      requiredInputs: ["command", "place"],
    }),
    found: ["Job takes place: it is new, and required"],
    because: "nobody has written it",
  },
  {
    after: withJob({ inputProperties: { ...job.inputProperties, place: { type: "string" } } }),
    found: [],
    because: "nobody needs to write it",
  },
  {
    after: withJob({ required: ["run"] }),
    found: ["Job gives phase: it can now be absent"],
    because: "whoever reads it relies on it",
  },
  {
    after: withJob({ properties: { ...job.properties, end: { type: "string" } } }),
    found: [],
    because: "more is fine",
  },
  {
    after: withType("Mount", object({ path: { type: "string" }, readOnly: { type: "boolean" } }, ["path", "readOnly"])),
    found: ["Mount readOnly: it is now required"],
    because: "programs write mounts",
  },
  {
    after: withType("Mount", object({ path: { type: "string" }, readOnly: { type: "boolean" } })),
    found: [],
    because: "nobody reads mounts",
  },
  {
    after: withType("Run", object({ name: { type: "string" }, end: { type: "string" } })),
    found: ["Run name: it can now be absent"],
    because: "programs read runs",
  },
  {
    after: withType("Run", object({ name: { type: "string" }, end: { type: "string" } }, ["name", "end"])),
    found: [],
    because: "nobody writes runs",
  },
  {
    after: { types: withoutFirst(older.types) },
    found: ["Mount: the type is gone"],
    because: "SDKs have it by its name",
  },
  {
    after: withType("Mode", words({ fast: "Fast" })),
    found: ["Mode=slow: the word is gone"],
    because: "whoever writes it is refused",
  },
  {
    after: withType("Mode", words({ fast: "Quick", slow: "Slow" })),
    found: ["Mode=fast: SDKs called it Fast, and call it Quick"],
    because: "programs have its name",
  },
  { after: withType("Mode", words({ fast: "Fast", slow: "Slow", idle: "Idle" })), found: [], because: "more is fine" },
  { after: withType("Mode", object({})), found: ["Mode: it is another kind of type"], because: "a text is no object" },
  {
    after: { config: { variables: { token: { type: "string" } } } },
    found: ["config token: it is no longer secret"],
    because: "it would be readable in states from now on",
  },
  {
    after: { provider: { inputProperties: {} } },
    found: ["Provider token: it is gone"],
    because: "whoever writes it is refused",
  },
  {
    after: { language: { nodejs: { packageName: "y" } } },
    found: ["language nodejs: `packageName` has changed, by which programs import the SDK"],
    because: "every program imports it",
  },
];

describe("breakingChanges", () => {
  for (const { after, found, because } of cases) {
    it(`finds ${found.join(", ") || `nothing in ${JSON.stringify(after).slice(0, 60)}`}: ${because}`, () => {
      const changes = breakingChanges(older, { ...older, ...after });
      assert.deepEqual(
        changes.map(({ at, what }) => `${at}: ${what}`),
        found,
      );
    });
  }
});

describe("mayBreak", () => {
  for (const [older, newer, may] of [
    ["1.2.3", "1.3.0", false],
    ["1.2.3", "2.0.0", true],
    ["0.1.0", "0.1.1", false],
    ["0.1.0", "0.2.0", true],
  ] as const) {
    it(`says ${may ? "yes" : "no"} of ${newer} after ${older}`, () => assert.equal(mayBreak(older, newer), may));
  }

  it("refuses what is no version", () => assert.throws(() => mayBreak("1", "1.0.0"), /"1" is no version/));
});

function withJob(changed: object): Partial<ComparedSchema> {
  return { resources: { "x:index:Job": { ...job, ...changed } } };
}

function withType(name: string, type: ObjectSpec | EnumSpec): Partial<ComparedSchema> {
  return { types: { ...older.types, [`x:index:${name}`]: type } };
}

function object(properties: ObjectSpec["properties"], required: string[] = []): ObjectSpec {
  return { type: "object", description: "", properties, required };
}

function words(names: Readonly<Record<string, string>>): EnumSpec {
  const values = Object.entries(names).map(([value, name]) => ({ name, value, description: "" }));
  return { type: "string", description: "", enum: values };
}

function withoutFirst<Kind extends object>(properties: Kind): Partial<Kind> {
  return Object.fromEntries(Object.entries(properties).slice(1)) as Partial<Kind>;
}
