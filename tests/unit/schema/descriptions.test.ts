import assert from "node:assert/strict";
import { secretSettings } from "../../../provider/configuration.ts";
import { type ChangeClass, changeOf } from "../../../provider/job/changes.ts";
import type { PropertySpec } from "../../../provider/schema/interfaces.ts";
import type { DescribedSchema } from "../../../provider/schema/page/page.ts";
import type { Properties } from "../../../provider/schema/uses.ts";
import { argumentTypes, packageSpec, typesIn } from "./packageSpec.ts";

const { provider, resources, types } = packageSpec;
const enums = Object.entries(types).flatMap(([token, type]) => (type.type === "string" ? [{ token, type }] : []));

/** How a description says what a change of an argument does. */
const sayings: Readonly<Record<ChangeClass, RegExp>> = {
  rerun: /re-runs the job/,
  inPlace: /Updated in place/i,
  ours: /Never re-runs the job/,
};

/** How it says what counts where nothing is written. */
const saysDefault = /\bdefault\b|\bRequired\b|\bEither this\b|\binstead\b|\bRefused\b/i;

const saysChange = /\bchange|re-runs|in place|\bSet later\b|from the start|\bRefused\b/i;

describe("every part of the schema", () => {
  for (const { part, description } of partsOf(packageSpec)) {
    it(`${part} is described, in whole sentences`, () => {
      assert.match(description ?? "", /^["`[A-Z0-9]/, part);
      assert.match(description ?? "", /[.…]$/, part);
      assert((description ?? "").split(" ").length >= 3, `${part}: ${description}`);
      assert.doesNotMatch(description ?? "", /\bTODO\b|\[object Object\]|\bundefined\b/);
    });
  }
});

describe("every argument", () => {
  for (const { part, property, isRequired, around } of argumentsOf(packageSpec)) {
    it(`${part} says what its default is, and what a change does`, () => {
      const { description = "" } = property;
      if (!isRequired) assert.match(description, saysDefault);
      assert.match(`${description} ${around}`, saysChange);
    });
  }

  for (const [name, change] of Object.entries(changeOf)) {
    it(`of a RayJob says what its class is: ${name}, ${change}`, () => {
      const property = resources["rayjob:index:RayJob"]?.inputProperties[name];
      assert.match(property?.description ?? "", sayings[change]);
      assert.equal(property?.willReplaceOnChanges ?? false, change === "rerun");
    });
  }

  for (const { part, property } of propertiesOf(packageSpec)) {
    const [, unit] = /(Seconds|Days|Bytes)$/.exec(part) ?? [];
    if (unit === undefined) continue;
    it(`${part} names its unit, and is an integer`, () => {
      assert.match(property.description ?? "", new RegExp(unit, "i"));
      assert.equal(property.type, "integer");
    });
  }
});

describe("the schema", () => {
  it("has no number that is not an integer but shares of CPUs and GPUs", () => {
    const numbers = propertiesOf(packageSpec).filter(({ property }) => JSON.stringify(property).includes('"number"'));
    const names = new Set(numbers.map(({ part }) => part.split(" ").at(-1)));
    assert.deepEqual([...names].sort(), ["cpu", "entrypointNumCpus", "entrypointNumGpus"]);
  });

  it("marks the settings that are secret, and no others", () => {
    const marked = Object.entries(provider.inputProperties).filter(([, { secret }]) => secret === true);
    assert.deepEqual(marked.map(([name]) => name).sort(), [...secretSettings].sort());
  });

  it("takes any text where it takes a word, so that it can come from elsewhere, and gives plain texts", () => {
    for (const { token } of enums) {
      const uses = propertiesOf(packageSpec).filter(({ property }) => typesIn(property).includes(token));
      assert(uses.length > 0, token);
      for (const { part, property } of uses) {
        assert.match(JSON.stringify(property), /"oneOf":\[\{"type":"string"\},\{"\$ref"/, part);
        assert(!part.includes(" gives "), part);
      }
    }
  });

  it("names the words of an enum so that every language can", () => {
    for (const { token, type } of enums)
      for (const { name, value } of type.enum) assert.match(name ?? value, /^[A-Za-z]\w*$/, `${token} ${value}`);
  });

  it("says of what is given up what takes its place", () => {
    const deprecated = propertiesOf(packageSpec).filter(({ property }) => property.deprecationMessage !== undefined);
    assert.deepEqual(
      deprecated.map(({ part }) => part),
      ["DeletionStrategy onFailure", "DeletionStrategy onSuccess"],
    );
    for (const { property } of deprecated) assert.match(property.deprecationMessage ?? "", /`deletionRules`/);
  });

  it("refers to no type that it does not have", () => {
    for (const { part, property } of propertiesOf(packageSpec))
      for (const token of typesIn(property)) assert(token in types, `${part}: ${token}`);
  });
});

interface Part {
  readonly part: string;
  readonly description: string | undefined;
}

function partsOf(spec: DescribedSchema): Part[] {
  const described = { ...spec.resources, ...spec.types };
  return [
    { part: "Provider", description: spec.provider.description },
    ...Object.entries(described).map(([token, { description }]) => ({
      part: nameOf(token),
      description: description.split("\n\n{{% examples %}}")[0],
    })),
    ...propertiesOf(spec).map(({ part, property }) => ({ part, description: property.description })),
    ...enums.flatMap(({ token, type }) =>
      type.enum.map(({ value, description }) => ({ part: `${nameOf(token)} ${value}`, description })),
    ),
  ];
}

interface Property {
  readonly part: string;
  readonly property: PropertySpec;
}

function propertiesOf({ provider, resources, types }: DescribedSchema): Property[] {
  const all: [string, Properties][] = [
    ["Provider takes", provider.inputProperties],
    ...Object.entries(resources).flatMap(([token, { inputProperties, properties }]): [string, Properties][] => [
      [`${nameOf(token)} takes`, inputProperties],
      [`${nameOf(token)} gives`, properties],
    ]),
    ...Object.entries(types).flatMap(([token, type]): [string, Properties][] =>
      type.type === "object" ? [[nameOf(token), type.properties]] : [],
    ),
  ];
  return all.flatMap(([owner, properties]) =>
    Object.entries(properties).map(([name, property]) => ({ part: `${owner} ${name}`, property })),
  );
}

/** What a program can write, with the description of what is around it, which may speak for all that is in it. */
function argumentsOf({ provider, resources, types }: DescribedSchema) {
  const written = argumentTypes(packageSpec).flatMap((token) => {
    const type = types[token];
    return type?.type === "object"
      ? [argumentsIn(nameOf(token), type.properties, type.required, type.description)]
      : [];
  });
  const taken = Object.entries(resources).map(([token, { inputProperties, requiredInputs }]) =>
    argumentsIn(nameOf(token), inputProperties, requiredInputs),
  );
  return [
    ...argumentsIn("Provider", provider.inputProperties, [], provider.description),
    ...[...taken, ...written].flat(),
  ];
}

function argumentsIn(owner: string, properties: Properties, required: readonly string[] = [], around = "") {
  return Object.entries(properties).map(([name, property]) => {
    return { part: `${owner} ${name}`, property, isRequired: required.includes(name), around };
  });
}

function nameOf(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}
