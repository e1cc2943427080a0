import { nameOf, useOf } from "../uses.ts";
import type { BreakingChange } from "./breakingChange.ts";
import type { ComparedResource, ComparedSchema } from "./comparedSchema.ts";
import { propertyChanges } from "./propertyChanges.ts";
import { changesOfTypes } from "./typeChanges.ts";

/** What a program that was written with the older schema, or a state that it has left, can no longer rely on. */
export function breakingChanges(before: ComparedSchema, after: ComparedSchema): BreakingChange[] {
  return [
    ...(before.name === after.name ? [] : [{ at: before.name, what: `the package is now called ${after.name}` }]),
    ...settings(before, after),
    ...Object.entries(before.resources ?? {}).flatMap(([token, old]) => ofResource(token, old, after)),
    ...changesOfTypes(before, after, useOf(before)),
    ...packages(before, after),
  ];
}

function settings(before: ComparedSchema, after: ComparedSchema): BreakingChange[] {
  const pairs = [
    ["config", before.config?.variables, after.config?.variables],
    ["Provider", before.provider?.inputProperties, after.provider?.inputProperties],
  ] as const;
  return pairs.flatMap(([owner, old = {}, now = {}]) => {
    return propertyChanges({ owner, direction: "in" }, { properties: old }, { properties: now });
  });
}

function ofResource(token: string, old: ComparedResource, after: ComparedSchema): BreakingChange[] {
  const owner = nameOf(token);
  const now = after.resources?.[token];
  if (now === undefined) return [{ at: owner, what: "the resource is gone" }];
  const kind = (old.isComponent ?? false) === (now.isComponent ?? false) ? [] : [{ at: owner, what: kindOf(now) }];
  const takes = { owner: `${owner} takes`, direction: "in" } as const;
  const gives = { owner: `${owner} gives`, direction: "out" } as const;
  return [
    ...kind,
    ...propertyChanges(
      takes,
      { properties: old.inputProperties ?? {}, required: old.requiredInputs },
      { properties: now.inputProperties ?? {}, required: now.requiredInputs },
    ),
    ...propertyChanges(
      gives,
      { properties: old.properties ?? {}, required: old.required },
      { properties: now.properties ?? {}, required: now.required },
    ),
  ];
}

function kindOf({ isComponent }: ComparedResource): string {
  return isComponent ? "the resource is now a component" : "the component is now a resource";
}

/** By what programs import the SDKs. */
function packages({ language: before = {} }: ComparedSchema, { language: after = {} }: ComparedSchema) {
  const names = ["packageName", "rootNamespace", "importBasePath", "rootPackageName", "basePackage", "namespaces"];
  return Object.entries(before).flatMap(([language, old]) =>
    names
      .filter((name) => JSON.stringify(old[name]) !== JSON.stringify(after[language]?.[name]))
      .map((name) => ({
        at: `language ${language}`,
        what: `\`${name}\` has changed, by which programs import the SDK`,
      })),
  );
}
