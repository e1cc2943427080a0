import type { EnumSpec, ObjectSpec } from "../interfaces.ts";
import { nameOf, type Properties, useOf } from "../uses.ts";
import { propertyChanges } from "./propertyChanges.ts";
import { changesOfTypes } from "./typeChanges.ts";

/** A package's schema, as far as programs depend on it. */
export interface ComparedSchema {
  readonly name: string;
  readonly version: string;
  readonly config?: { readonly variables?: Properties };
  readonly provider?: { readonly inputProperties?: Properties };
  readonly resources?: Readonly<Record<string, ComparedResource>>;
  readonly types?: Readonly<Record<string, ObjectSpec | EnumSpec>>;
  readonly language?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface ComparedResource {
  readonly isComponent?: boolean;
  readonly inputProperties?: Properties;
  readonly requiredInputs?: readonly string[];
  readonly properties?: Properties;
  readonly required?: readonly string[];
}

/** Something that a program or a state relies on, and that is no longer so. */
export interface BreakingChange {
  /** `RayJob takes entrypoint`, `Mount.readOnly`, `WaitFor=complete`. */
  readonly at: string;
  readonly what: string;
}

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
