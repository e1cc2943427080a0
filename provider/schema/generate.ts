import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { changeOf } from "../job/changes.ts";
import { kubeRayObjects } from "../job/spec/shape.ts";
import { withExamples } from "./examples/withExamples.ts";
import { InterfaceReader, type ObjectSpec, type PropertySpec } from "./interfaces.ts";
import { KubeRayTypeReader } from "./kuberay/types.ts";
import { languages } from "./languages.ts";
import { writeOrCompare } from "./writeOrCompare.ts";

// Writes schema.json from the docstrings and types of the public interfaces and the examples; with --check it only compares.

/** A resource, and the files below `provider` that declare its interfaces `<name>Args` and `<name>Outputs`. */
interface ResourceSource {
  readonly name: string;
  readonly args: string;
  readonly outputs: string;
  readonly isComponent?: true;
  /** The arguments of a custom resource whose change replaces it. */
  readonly replacedBy?: readonly string[];
}

const root = resolve(import.meta.dirname, "../..");
const target = join(import.meta.dirname, "schema.json");
const configuration = join(root, "provider/configuration.ts");
const resources: readonly ResourceSource[] = [
  component("RayJobComponent", "components/rayJobComponentArgs.ts"),
  component("KubeRayOperator", "components/kubeRayOperator.ts"),
  component("WorkingDirBucket", "components/workingDirBucket/args.ts"),
  {
    name: "RayJob",
    args: "job/args.ts",
    outputs: "job/outputs.ts",
    replacedBy: Object.entries(changeOf).flatMap(([name, change]) => (change === "rerun" ? [name] : [])),
  },
  { name: "RayJobCleanup", args: "job/cleanup.ts", outputs: "job/cleanup.ts", replacedBy: ["namespace"] },
  {
    name: "WorkingDir",
    args: "packaging/args.ts",
    outputs: "packaging/args.ts",
    replacedBy: ["bucket", "includeParentDir", "prefix"],
  },
  { name: "KubeRayCrds", args: "crds/args.ts", outputs: "crds/outputs.ts" },
];
const text = `${JSON.stringify(schema(), undefined, 2)}\n`;

writeOrCompare(target, text, "provider/schema/schema.json does not match its sources");

function schema() {
  const { name, version, description, license, dependencies } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const kubeRay = new KubeRayTypeReader(
    JSON.parse(readFileSync(join(import.meta.dirname, "kuberay/fields.json"), "utf8")),
    name,
    dependencies["@pulumi/kubernetes"],
  );
  const reader = new InterfaceReader(name, [
    configuration,
    ...resources.flatMap(({ args, outputs }) => [sourceOf(args), sourceOf(outputs)]),
  ]);
  const provider = reader.read(configuration, "ProviderArgs");
  return {
    name,
    displayName: "Ray jobs",
    version,
    description,
    license,
    publisher: `The ${name} authors`,
    // Versions and module paths are then as they are in a package of its own, and the Go SDK is a module.
    meta: { supportPack: true },
    keywords: ["pulumi", "ray", "kuberay", "kubernetes", "category/infrastructure", "kind/component"],
    config: { variables: provider.properties },
    provider: { description: provider.description, inputProperties: provider.properties },
    // Read before the types that they refer to are.
    resources: Object.fromEntries(
      resources.map((source) => [`${name}:index:${source.name}`, resourceOf(source, reader, kubeRay)]),
    ),
    types: { ...typesOf(reader, kubeRay), ...kubeRay.types },
    language: languages(name, description, dependencies["@pulumi/kubernetes"]),
  };
}

function component(name: string, file: string): ResourceSource {
  return { name, args: file, outputs: file, isComponent: true };
}

// A custom resource's state holds its arguments, too; a component's outputs are its own.
function resourceOf(
  { name, args, outputs, isComponent, replacedBy = [] }: ResourceSource,
  reader: InterfaceReader,
  kubeRay: KubeRayTypeReader,
) {
  const input = withKubeRayTypes(reader.read(sourceOf(args), `${name}Args`), kubeRay);
  const output = reader.read(sourceOf(outputs), `${name}Outputs`);
  return {
    ...(isComponent ? { isComponent } : {}),
    description: withExamples(name, input.description),
    inputProperties: withReplacements(input.properties, replacedBy),
    ...(input.required ? { requiredInputs: input.required } : {}),
    properties: asOutputs(isComponent ? output.properties : { ...input.properties, ...output.properties }),
    ...(output.required ? { required: output.required } : {}),
  };
}

function withReplacements(
  properties: Readonly<Record<string, PropertySpec>>,
  replacedBy: readonly string[],
): Record<string, PropertySpec> {
  const entries = Object.entries(properties).map(([name, property]): [string, PropertySpec] => [
    name,
    replacedBy.includes(name) ? { ...property, willReplaceOnChanges: true } : property,
  ]);
  return Object.fromEntries(entries);
}

/** A word comes out as a plain text: there may be others by the time that an older SDK reads it. */
function asOutputs(properties: Readonly<Record<string, PropertySpec>>): Record<string, PropertySpec> {
  const entries = Object.entries(properties).map(([name, property]): [string, PropertySpec] => {
    const { oneOf, ...rest } = property;
    return [name, property.type === "string" ? rest : property];
  });
  return Object.fromEntries(entries);
}

function typesOf(reader: InterfaceReader, kubeRay: KubeRayTypeReader) {
  const types = Object.entries(reader.types).map(([token, type]) => [
    token,
    type.type === "object" ? withKubeRayTypes(type, kubeRay) : type,
  ]);
  return Object.fromEntries(types);
}

/** The sources call KubeRay's objects maps of anything: what is in them is said by its CRDs. */
function withKubeRayTypes(object: ObjectSpec, kubeRay: KubeRayTypeReader): ObjectSpec {
  const properties = Object.entries(object.properties).map(([name, property]): [string, PropertySpec] => {
    const isKubeRays = property.type === "object" && kubeRayObjects.some((each) => each === name);
    if (!isKubeRays) return [name, property];
    const { type: _type, additionalProperties: _values, ...rest } = property;
    return [name, { ...kubeRay.typeOfArgument(name), ...rest }];
  });
  return { ...object, properties: Object.fromEntries(properties) };
}

function sourceOf(file: string): string {
  return join(root, "provider", file);
}
