import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { PropertySpec, TypeSpec } from "../../../provider/schema/interfaces.ts";
import { type DescribedSchema, pageOf } from "../../../provider/schema/page/page.ts";
import { typeWords } from "../../../provider/schema/page/typeWords.ts";
import { packageSpec, typesIn } from "./packageSpec.ts";

const text = { type: "string" } as const;
const mode: TypeSpec = { type: "string", oneOf: [text, { $ref: "#/types/x:index:Mode" }] };

const words: { type: TypeSpec; said: string }[] = [
  { type: text, said: "text" },
  { type: { type: "boolean" }, said: "true or false" },
  { type: { type: "array", items: { type: "integer" } }, said: "list of integers" },
  { type: { type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } }, said: "map of anything" },
  { type: { $ref: "pulumi.json#/Archive" }, said: "archive" },
  { type: { $ref: "#/types/x:index:Mount" }, said: "[`Mount`](#mount)" },
  {
    type: { type: "array", items: { $ref: "/kubernetes/v4.34.2/schema.json#/types/kubernetes:core%2Fv1:EnvVar" } },
    said: "list of Kubernetes' `EnvVar`",
  },
  { type: mode, said: "one of [`Mode`](#mode)" },
  { type: { type: "array", items: mode }, said: "list of [`Mode`](#mode)" },
  { type: { oneOf: [{ type: "number" }, text] }, said: "number or text" },
  {
    type: { oneOf: [text, { type: "array", items: text }, { $ref: "#/types/x:index:Pip" }] },
    said: "text, list of texts, or [`Pip`](#pip)",
  },
];

describe("the words for a type", () => {
  for (const { type, said } of words) it(`are "${said}"`, () => assert.equal(typeWords(type), said));

  it("are not made up for one that there is no word for", () => {
    assert.throws(() => typeWords({ $ref: "/aws/v7.0.0/schema.json#/types/aws:s3:Rule" }), /aws:s3:Rule/);
  });
});

const small: DescribedSchema = {
  provider: {
    description: "Where it is.",
    inputProperties: { token: { ...text, secret: true, description: "A token." } },
  },
  resources: {
    "x:index:Job": {
      description: "A job.\n\n{{% examples %}}\n## Example Usage\n{{% /examples %}}",
      inputProperties: {
        command: { ...text, willReplaceOnChanges: true, description: "What runs.\n\nA shell reads it." },
        retries: { type: "integer", description: "How often. Default 0." },
        name: { ...text, description: "Its name. Default: made." },
        mode: { ...mode, description: "How." },
      },
      requiredInputs: ["command"],
      properties: {
        command: { ...text, description: "What runs.\n\nA shell reads it." },
        retries: { type: "integer", description: "How often. Default 0." },
        name: { ...text, description: "Its name." },
        mode: { ...text, description: "How." },
        end: { ...text, description: "When it has ended." },
      },
      required: ["name"],
    },
    "x:index:Jobs": {
      isComponent: true,
      description: "Jobs.",
      inputProperties: { jobs: mapOf("JobArgs", "The jobs.") },
      properties: { runs: mapOf("Run", "What has become of them.") },
      required: ["runs"],
    },
  },
  types: {
    "x:index:Run": {
      type: "object",
      description: "One run.",
      properties: { end: { ...text, description: "Its end." } },
    },
    "x:index:Mode": { type: "string", description: "A mode.", enum: [{ value: "fast", description: "At once." }] },
    "x:index:Unused": { type: "object", description: "Nobody's.", properties: {} },
    "x:index:JobArgs": {
      type: "object",
      description: "A job of many.",
      properties: {
        command: { ...text, description: "What runs.\n\nA shell reads it." },
        retries: { type: "integer", description: "How often. Default 0." },
        mode: { ...mode, deprecationMessage: "It goes.", description: "How." },
      },
      required: ["command"],
    },
  },
};

describe("the page of a schema", () => {
  const page = pageOf(small);

  const sections: { heading: string; body: string; because: string }[] = [
    { heading: "## Job", body: "A job.", because: "examples are for the registry" },
    {
      heading: "### Arguments of Job",
      body: `- **\`command\`** (text, required): What runs.

  A shell reads it.
- **\`retries\`** (integer): How often. Default 0.
- **\`name\`** (text): Its name. Default: made.
- **\`mode\`** (one of [\`Mode\`](#mode)): How.`,
      because: "a description of several paragraphs stays in its place of the list",
    },
    {
      heading: "### Outputs of Job",
      body: `Its arguments, and these:

- **\`name\`** (text): Its name.
- **\`end\`** (text, may be absent): When it has ended.`,
      because: "what only comes back is told once",
    },
    {
      heading: "### Outputs of Jobs",
      body: "- **`runs`** (map of [`Run`](#run)): What has become of them.",
      because: "a component does not give its arguments",
    },
    {
      heading: "## Provider",
      body: "Where it is.\n\n- **`token`** (text, secret): A token.",
      because: "a secret is named as one",
    },
    {
      heading: "### JobArgs",
      body: `A job of many. Part of [\`Jobs\`](#jobs).

All arguments of [\`Job\`](#job) but \`name\`. Of its own:

- **\`mode\`** (one of [\`Mode\`](#mode), deprecated): How. It goes.`,
      because: "what a resource takes word for word is told there",
    },
    {
      heading: "### Mode",
      body: "A mode. Part of [`Job`](#job), [`JobArgs`](#jobargs).\n\n- `fast`: At once.",
      because: "each word means something",
    },
    {
      heading: "### Run",
      body: "One run. Part of [`Jobs`](#jobs).\n\n- **`end`** (text, may be absent): Its end.",
      because: "nobody has to write what is only read",
    },
  ];
  for (const { heading, body, because } of sections) {
    it(`has a section "${heading}": ${because}`, () => assert.equal(sectionsOf(page).get(heading), body));
  }

  it("has the types from A to Z, without those that nothing leads to", () => {
    const [, types = ""] = page.split("\n## Types\n");
    assert.deepEqual(types.match(/^### .*$/gm), ["### JobArgs", "### Mode", "### Run"]);
  });
});

describe("the page of all arguments", () => {
  const page = readFileSync(resolve(import.meta.dirname, "../../../docs/arguments.md"), "utf8");
  const sections = sectionsOf(page);
  const { provider, resources, types } = packageSpec;

  it("is what the schema makes of it", () => {
    assert.equal(page, pageOf(packageSpec), "run `npm run generate`");
  });

  it("has every heading once, so that links lead to it", () => {
    const headings = page.match(/^#+ .*$/gm)?.map((heading) => heading.replace(/^#+ /, "").toLowerCase()) ?? [];
    assert.deepEqual(headings, [...new Set(headings)]);
  });

  it("has every argument of every resource, and every setting of the provider", () => {
    for (const [token, { inputProperties }] of Object.entries(resources)) {
      const section = `### Arguments of ${token.split(":").at(-1)}`;
      assert.deepEqual(namesIn(sections.get(section)), Object.keys(inputProperties), section);
    }
    assert.deepEqual(namesIn(sections.get("## Provider")), Object.keys(provider.inputProperties));
  });

  it("has every output, among the arguments at least", () => {
    for (const [token, { properties }] of Object.entries(resources)) {
      const name = token.split(":").at(-1);
      const given = namesIn(sections.get(`### Outputs of ${name}`));
      const all = new Set([...namesIn(sections.get(`### Arguments of ${name}`)), ...given]);
      for (const output of Object.keys(properties)) assert(all.has(output), `${name}.${output}`);
    }
  });

  it("has every type that an argument or an output can be made of", () => {
    const owners = [...Object.values(resources), ...Object.values(types)];
    for (const token of owners.flatMap(propertiesOf).flatMap(typesIn)) {
      assert(sections.has(`### ${token.split(":").at(-1)}`), token);
    }
  });

  it("tells a job of a component by what differs from a RayJob alone", () => {
    assert.deepEqual(namesIn(sections.get("### Job")), ["runtimeEnv"]);
  });
});

function mapOf(type: string, description: string): PropertySpec {
  return { type: "object", additionalProperties: { $ref: `#/types/x:index:${type}` }, description };
}

/** The text below each heading, by the heading. */
function sectionsOf(page: string): ReadonlyMap<string, string> {
  const sections = page.split(/^(?=#+ )/m).map((section): [string, string] => {
    const [heading = "", ...lines] = section.split("\n");
    return [heading, lines.join("\n").trim()];
  });
  return new Map(sections);
}

function namesIn(section = ""): string[] {
  return [...section.matchAll(/^- \*\*`(\w+)`\*\*/gm)].map(([, name = ""]) => name);
}

function propertiesOf(owner: object): PropertySpec[] {
  const { inputProperties = {}, properties = {} }: { inputProperties?: object; properties?: object } = owner;
  return [...Object.values(inputProperties), ...Object.values(properties)];
}
