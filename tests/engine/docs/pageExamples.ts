import assert from "node:assert/strict";
import { basename } from "node:path";
import { parse } from "yaml";
import type { Page } from "../../support/page.ts";

type Properties = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly type: string;
  readonly properties: Properties;
}

export interface Example {
  /** The page and the line where its text starts: `code-and-data-7`. */
  readonly name: string;
  readonly said: Properties;
}

/** All but whole programs. */
export function examplesIn(page: Page): Example[] {
  const examples = page.blocks("yaml").map(({ line, text }) => ({
    name: `${basename(page.path, ".md")}-${line}`,
    said: parse(text) as Properties,
  }));
  return examples.filter(({ said }) => !("resources" in said));
}

/** The resource that the other examples go into: the first example's. */
export function soleResourceOf([first]: readonly Example[]): Resource {
  const [resource] = Object.values(first?.said ?? {});
  assert(isResource(resource), "the first example is the whole resource that the others go into");
  return resource;
}

/** The example's operator, if it has one for a stack of its own. */
export function operatorOf({ said: { operator } }: Example): Resource | undefined {
  return isResource(operator) ? operator : undefined;
}

/** The example's own resources, or the whole one with what the example says in its place. */
export function resourcesOf({ name, said }: Example, whole: Resource): Readonly<Record<string, Resource>> {
  const own = Object.entries(said).filter(([, value]) => isResource(value)) as [string, Resource][];
  if (own.length === 0) return { [name]: onHand(withSaid(whole, said)) };
  return Object.fromEntries(
    own.map(([own, { type, properties }]) => {
      const renamed = JSON.stringify(properties).replaceAll(/\$\{(\w+)\./g, `\${${name}-$1.`);
      return [`${name}-${own}`, onHand({ type, properties: JSON.parse(renamed) })];
    }),
  );
}

/** What a component says for itself; anything else is said of a job. */
const ofComponents = [
  "bucket",
  "createNamespace",
  "existingBucket",
  "existingServiceAccount",
  "labels",
  "namespace",
  "operator",
  "podLabels",
  "serviceAccount",
  "volumes",
];

/** What says on which cluster a job runs, of which one is enough. */
const clusters = ["rayClusterSpec", "image", "existingCluster"];

function withSaid({ type, properties }: Resource, said: Properties): Resource {
  const { jobs, ...others } = properties as { readonly jobs: { readonly train: Properties } };
  const entries = Object.entries(said);
  const ofJob = Object.fromEntries(entries.filter(([name]) => !ofComponents.includes(name)));
  const ofComponent = Object.fromEntries(entries.filter(([name]) => ofComponents.includes(name)));
  const { rayClusterSpec, ...rest } = jobs.train;
  const cluster = clusters.some((name) => name in ofJob) ? {} : { rayClusterSpec };
  return { type, properties: { ...others, ...ofComponent, jobs: { train: { ...rest, ...cluster, ...ofJob } } } };
}

/** With what else it would look for in the internet. */
export function onHand({ type, properties }: Resource): Resource {
  if (!type.endsWith("Component")) return { type, properties };
  return { type, properties: { ...properties, operator: { ...Object(properties.operator), install: false } } };
}

function isResource(value: unknown): value is Resource {
  return typeof value === "object" && value !== null && "type" in value && "properties" in value;
}
